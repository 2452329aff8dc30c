using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Lenses.Products;
using Celadon.Server.Exchange;
using Celadon.Store;
using Celadon.Tests.House;
using Celadon.Tests.Lenses.Products.Exchange;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Celadon.Tests.Server.Exchange;

/// <summary>
/// A workspace with three tiles and a brick, two customers with consents, and an exchange over real HTTPS on
/// loopback under a certificate that is made here.
/// </summary>
internal sealed class ExchangeWorks : IAsyncDisposable
{
    public const string Tile = "urn:gtin:4712345060507", Brick = "urn:gtin:1111111111116";
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-exchange-").FullName;
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;
    private readonly string _url;

    private ExchangeWorks(string host)
    {
        _certificate = Made(host);
        (Secret, OtherSecret) = Filled.CopyTo(Path.Combine(_folder, "books"));
        Workspace = Workspace.Open(Path.Combine(_folder, "books"), Options(Clock));
        Footprints = new Footprints(Workspace);
        _url = $"https://{host}:0";
        _app = ExchangeHost.Build(Workspace, _url, _certificate, sends: false);
    }

    private static readonly Template<(string Secret, string Other)> Filled = new(folder =>
    {
        using var workspace = Workspace.Create(folder, Options(new MovingClock()), "works");
        var footprints = new Footprints(workspace);
        void Add(string id, string product, params (string, JsonNode?)[] changes) =>
            ExchangeWorks.Add(footprints, id, product, null, changes);
        Add(Id(1), Tile, ("validityPeriodStart", "2026-01-01T00:00:00Z"),
            ("validityPeriodEnd", "2026-12-31T00:00:00Z"));
        Add(Id(2), Tile, ("pcf/geographyCountry", null), ("pcf/geographyRegionOrSubregion", "Eastern Asia"),
            ("productClassifications", new JsonArray("urn:pact:productclassification:un-cpc:3731")));
        Add(Id(3), Tile, ("precedingPfIds", new JsonArray(Id(1))),
            ("companyIds", new JsonArray("urn:company:potters.example:jingdezhen")));
        Add(Id(4), Brick);
        var secrets = (footprints.SetCustomer("builder"), footprints.SetCustomer("other"));
        footprints.Allow("builder", Tile, "2026-10-01", null, "contract 7");
        footprints.Allow("other", Brick, "2026-10-01", "2026-10-31", "request of 1 October");
        return secrets;
    });

    private static WorkspaceOptions Options(IClock clock) =>
        new(clock, new PackFolder(Repository.At("packs")), "owner", TimeSpan.FromSeconds(1));

    public MovingClock Clock { get; } = new();

    public Workspace Workspace { get; }

    public Footprints Footprints { get; }

    public string Secret { get; }

    public string OtherSecret { get; }

    public Uri Root => new(ExchangeHost.Address(_app, _url));

    public X509Certificate2 Certificate => _certificate;

    public Correspondence Letters => new(Footprints);

    public static string Id(int number) => $"00000000-0000-4000-8000-00000000000{number}";

    public static async Task<ExchangeWorks> Start(string host = "localhost")
    {
        var works = new ExchangeWorks(host);
        await works._app.StartAsync(TestContext.Current.CancellationToken);
        return works;
    }

    public void Add(string id, string product, params (string, JsonNode?)[] changes) =>
        Add(id, product, null, changes);

    /// <summary>Keeps a statement as received from a supplier.</summary>
    public void Add(
        string id, string product, string? supplier, params (string, JsonNode?)[] changes) =>
        Add(Footprints, id, product, supplier, changes);

    private static void Add(Footprints footprints, string id, string product, string? supplier,
        (string, JsonNode?)[] changes)
    {
        var file = Encoding.UTF8.GetBytes(StatementTests.Tile([("id", id),
            ("productIds", new JsonArray(product)), .. changes]).ToJsonString());
        footprints.Add(StatementText.Read(file).Statement!, file, $"{id}.json", supplier);
    }

    /// <summary>A client that trusts this certificate and no other.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, shown, _, _) =>
            shown!.RawData.AsSpan().SequenceEqual(_certificate.RawData),
    })
    { BaseAddress = Root };

    public static Task<HttpResponseMessage> Token(HttpClient client, string id, string secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/auth/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A client that has shown its secret.</summary>
    public async Task<HttpClient> Customer(string id)
    {
        var client = Stranger();
        using var answer = await Token(client, id, id == "builder" ? Secret : OtherSecret);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = await Json(answer);
        Assert.Equal(("Bearer", 3600), ((string?)token["token_type"], (int?)token["expires_in"]));
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (string?)token["access_token"]);
        return client;
    }

    public static async Task<JsonObject> Json(HttpResponseMessage answer) => JsonNode.Parse(
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    /// <summary>The last digits of the ids that a list gives.</summary>
    public static async Task<string> Ids(HttpClient client, string query)
    {
        using var answer = await client.GetAsync("/3/footprints" + query,
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return string.Concat((await Json(answer))["data"]!.AsArray().Select(d => ((string)d!["id"]!)[^1]));
    }

    public static async Task<(HttpStatusCode, string?)> Refused(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, (string?)(await Json(answer))["code"]);
    }

    /// <summary>The workspace after a restart of the program; the exchange is stopped.</summary>
    public Workspace Reopened()
    {
        Workspace.Dispose();
        return Workspace.Open(Workspace.Folder, Options(Clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        Workspace.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A certificate of a name, made for the day.</summary>
    public static X509Certificate2 Made(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    internal sealed class MovingClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 10, 12, 9, 14);

        public Instant GetCurrentInstant() => Now;
    }
}
