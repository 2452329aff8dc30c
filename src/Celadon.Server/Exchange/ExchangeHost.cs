using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Celadon.Server.Exchange;

/// <summary>
/// The door at which customers fetch footprint statements: HTTPS alone, on an address of its own. It shares
/// nothing with the pages: neither opens the other.
/// </summary>
public static class ExchangeHost
{
    private const int SlowestBytesASecond = 2048;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Builds it; it listens once it is started.</summary>
    /// <param name="workspace">The books, whose owner closes them.</param>
    /// <param name="url">The address customers use; the only name it answers to.</param>
    /// <param name="certificate">The certificate of that name, with its key.</param>
    /// <param name="sends">True to send what waits in the outbox while it listens.</param>
    /// <exception cref="RefusedException">
    /// exchange.address: not https, or more than host and port; exchange.noCustomers: nobody could come in;
    /// exchange.certificate: it has no key; exchange.certificateName: it is not of that host.
    /// </exception>
    public static WebApplication Build(
        Workspace workspace, string url, X509Certificate2 certificate, bool sends = true)
    {
        var at = Read(url);
        if (!workspace.Registers().Of<Customer>().Any()) throw RefusedException.Of("exchange.noCustomers");
        if (!certificate.HasPrivateKey) throw RefusedException.Of("exchange.certificate");
        if (!certificate.MatchesHostname(at.DnsSafeHost))
            throw RefusedException.Of("exchange.certificateName", ("host", at.DnsSafeHost));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production",
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Beyond this the connection is cut; what a door refuses below it is read to its end, so that the
            // client hears why instead of finding its connection broken while it still writes.
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 200;
            // Who says nothing holds no connection: there are only so many.
            kestrel.Limits.KeepAliveTimeout = kestrel.Limits.RequestHeadersTimeout = Patience;
            // Nor who says a little now and then.
            kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate =
                new MinDataRate(SlowestBytesASecond, TimeSpan.FromSeconds(5));
            kestrel.Limits.Http2.MaxStreamsPerConnection = 20;
            void Listening(ListenOptions listen) => listen.UseHttps(certificate, https =>
                (https.SslProtocols, https.HandshakeTimeout) =
                    (SslProtocols.Tls12 | SslProtocols.Tls13, Patience));
            if (AddressOf(at) is { } address) kestrel.Listen(address, at.Port, Listening);
            else kestrel.ListenAnyIP(at.Port, Listening);
        });
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error).AddConsole(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace));
        var footprints = new Footprints(workspace);
        if (sends) builder.Services.AddSingleton<IHostedService>(
            _ => new Outbox(new Correspondence(footprints), new PeerWire()));
        var app = builder.Build();
        var door = new ExchangeDoor(footprints, RandomNumberGenerator.GetBytes(32),
            () => Address(app, at), app.Logger);
        app.Run(door.Answer);
        return app;
    }

    /// <summary>The address of a started exchange.</summary>
    public static string Address(WebApplication app, string url) => Address(app, Read(url)).ToString();

    /// <summary>Reads a certificate with its key: a PEM file that holds both, or PKCS #12 without password.
    /// </summary>
    /// <exception cref="RefusedException">file.missing; exchange.certificate: it holds none.</exception>
    public static X509Certificate2 Certificate(string path)
    {
        if (!File.Exists(path)) throw RefusedException.Of("file.missing", ("file", path));
        try
        {
            if (!Path.GetExtension(path).Equals(".pem", StringComparison.OrdinalIgnoreCase))
                return X509CertificateLoader.LoadPkcs12FromFile(path, null);
            using var pem = X509Certificate2.CreateFromPemFile(path);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (CryptographicException)
        {
            throw RefusedException.Of("exchange.certificate");
        }
    }

    private static Uri Read(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps && uri.AbsolutePath == "/" && uri.Query.Length == 0
        && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri : throw RefusedException.Of("exchange.address", ("url", url));

    /// <summary>
    /// Null for a name, which may be any address of this machine's; the host is checked by name.
    /// </summary>
    private static IPAddress? AddressOf(Uri at) => at.Host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(at.DnsSafeHost, out var address) ? address : null;

    private static Uri Address(WebApplication app, Uri at)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return new UriBuilder(at) { Port = new Uri(bound).Port }.Uri;
    }
}
