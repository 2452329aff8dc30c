using System.Net;

namespace Celadon.Store;

/// <summary>
/// Which addresses the exchange may call: hosts of others on the public network, over https, by name. What
/// a customer writes into an event must never lead back inside.
/// </summary>
public static class PeerAddress
{
    private const int Longest = 200;
    private const string Events = "/3/events";
    private static readonly string[] Inside =
        ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion"];

    /// <summary>IPv4 networks that are not the public one (IANA special-purpose registry, RFC 6890), and
    /// an address that some clouds answer from inside.</summary>
    private static readonly IPNetwork[] NotPublic = [.. ((string[])["0.0.0.0/8", "10.0.0.0/8",
        "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"]).Select(n => IPNetwork.Parse(n))];

    /// <summary>
    /// The public part of IPv6 (RFC 4291, 2.4), and what in it is for documentation, tunnels and protocols.
    /// </summary>
    private static readonly IPNetwork Public = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicIn6 = [.. ((string[])["2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20"]).Select(n => IPNetwork.Parse(n))];

    /// <summary>
    /// Reads an address: https, a host name with a dot, perhaps a port and a path; nothing else. Null when
    /// it is another.
    /// </summary>
    public static Uri? Read(string? text)
    {
        if (text is null || text.Length > Longest || text.Any(c => c is <= ' ' or > '~' or '\\')) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps
            || uri.HostNameType != UriHostNameType.Dns || uri.UserInfo.Length > 0
            || text.Contains('?') || text.Contains('#') || text.Contains('@') || text.Contains('%'))
            return null;
        var labels = uri.Host.Split('.');
        return labels.Length < 2 || labels.Any(l => l.Length == 0)
            || Inside.Contains(labels[^1], StringComparer.OrdinalIgnoreCase)
            || labels[^1].All(char.IsAsciiDigit) ? null : uri;
    }

    /// <summary>
    /// Reads where an event says that it comes from, as the specification's examples write it:
    /// "//a.example/3/events" is the exchange "https://a.example". Checked as any other address.
    /// </summary>
    public static Uri? Source(string text)
    {
        if (text.StartsWith("//", StringComparison.Ordinal)) text = "https:" + text;
        text = text.TrimEnd('/');
        return Read(text.EndsWith(Events, StringComparison.Ordinal) ? text[..^Events.Length] : text);
    }

    /// <summary>True when two addresses are of one scheme, host and port.</summary>
    public static bool IsSame(Uri one, Uri other) => one.Scheme == other.Scheme && one.Port == other.Port
        && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address below another: "/3/events" below "https://a.example/pact".</summary>
    public static Uri Below(Uri address, string path) =>
        new(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);

    /// <summary>True for an address of the public network, in whichever dress it comes.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.GetAddressBytes().Length == 4 ? !NotPublic.Any(n => n.Contains(address))
            : Public.Contains(address) && !NotPublicIn6.Any(n => n.Contains(address))
                && address.ScopeId == 0;
    }
}
