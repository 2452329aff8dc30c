
namespace Celadon.Tests.House;

/// <summary>
/// Nothing calls out: no request to anywhere, no name looked up, no program started. Listening is the web
/// server's business; the command line alone speaks to the server that has its workspace.
/// </summary>
internal static class Outside
{
    private static readonly string[] Rooms =
        ["System.Net.Http", "System.Net.Sockets", "System.Net.WebSockets", "System.Net.Mail",
            "System.Net.NetworkInformation", "System.Net.Security"];

    private static readonly string[] Types =
        ["System.Net.WebClient", "System.Net.WebRequest", "System.Net.Dns", "System.Net.FtpWebRequest",
            "System.Xml.XmlUrlResolver", "System.Diagnostics.Process"];

    /// <summary>What a type uses to reach outside.</summary>
    public static IEnumerable<string> Reached(Type type) => References.Of(type)
        .Select(member => member as Type ?? member.DeclaringType!).Distinct()
        .Where(t => Types.Contains(t.FullName)
            || Rooms.Any(room => t.Namespace?.StartsWith(room, StringComparison.Ordinal) == true))
        .Select(t => $"{type.FullName} uses {t.FullName}");
}
