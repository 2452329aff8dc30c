using System.Net;
using System.Security.Cryptography;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>Where and how the server listens.</summary>
public sealed record ServeOptions
{
    /// <summary>Addresses on loopback, "http://127.0.0.1:0"; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:0"];

    /// <summary>The key in the address that is printed: it opens a session. New for every run.</summary>
    public string Key { get; init; } = NewSecret();

    /// <summary>What other verbs show in the Authorization header; it lies in the 0600 lock file.</summary>
    public string Token { get; init; } = NewSecret();

    /// <summary>Largest upload, all files together, in bytes.</summary>
    public long UploadBytes { get; init; } = 200_000_000;

    /// <summary>Most files in one upload.</summary>
    public int UploadFiles { get; init; } = 40;

    /// <summary>Where the door for customers stands open beside the pages; null while it is shut.</summary>
    public Func<Uri?> Exchange { get; init; } = () => null;

    /// <summary>256 random bits, safe in a URL.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The addresses as host and port.</summary>
    /// <exception cref="RefusedException"> An address is not plain http on loopback: anything else needs
    /// accounts, and there are none yet.
    /// </exception>
    internal IReadOnlyList<LoopbackAddress> Listen() => [.. Urls.Select(LoopbackAddress.Read)];
}

/// <summary>An address on this machine's loopback.</summary>
/// <param name="Host">As the user gave it; the only name the server answers to.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Port">0 for a free one.</param>
internal sealed record LoopbackAddress(string Host, IPAddress Address, int Port)
{
    public static LoopbackAddress Read(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp
            || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
            throw RefusedException.Of("serve.address", ("url", url));
        if (uri.Host == "localhost") return new LoopbackAddress(uri.Host, IPAddress.Loopback, uri.Port);
        return IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address)
            ? new LoopbackAddress(uri.Host, address, uri.Port)
            : throw RefusedException.Of("serve.notLoopback", ("url", url), ("host", uri.Host));
    }
}
