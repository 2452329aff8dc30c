using System.Reflection;
using Celadon.Quantities;

namespace Celadon.Tests.House;

/// <summary>Celadon works where there is no network, and can be made to fetch nothing.</summary>
public class OutsideTests
{
    /// <summary>
    /// The command line speaks to the server beside its workspace, and asks whether its process is alive; a
    /// report is put on paper by an installed browser that resolves no name; footprints and events go to the
    /// customers and suppliers that a person registered, when a person says so.
    /// </summary>
    private static readonly string[] Known = ["Celadon.Cli.ServerLink", "Celadon.Server.Reports.Paper",
        "Celadon.Server.Exchange.PeerWire"];

    [Fact]
    public void Nothing_calls_out()
    {
        Assembly[] program = [typeof(Amount).Assembly, typeof(Celadon.Store.Workspace).Assembly,
            typeof(Celadon.Server.Books).Assembly, typeof(Celadon.Cli.ServerLink).Assembly];
        var types = program.SelectMany(References.Written).ToArray();
        Assert.True(types.Length > 300);
        Found.None(types.Where(t => !Known.Contains(t.FullName)).SelectMany(Outside.Reached));
    }

    [Fact]
    public void What_calls_out_is_caught() => Assert.Contains(
        "Celadon.Cli.ServerLink uses System.Net.Http.HttpClient",
        Outside.Reached(typeof(Celadon.Cli.ServerLink)));

    /// <summary>No page, style, script or drawing names another host.</summary>
    [Fact]
    public void No_file_of_the_web_names_another_host() => Found.None(
        from file in Repository.Under("src/Celadon.Server")
        where file.Extension is ".razor" or ".css" or ".js" or ".svg" or ".cs"
        from line in file.Lines
        let named = line.Replace("http://www.w3.org/", "", StringComparison.Ordinal)
            .Replace("http://127.0.0.1", "", StringComparison.Ordinal)
        where named.Contains("https://", StringComparison.Ordinal)
            || named.Contains("http://{", StringComparison.Ordinal) == false
                && named.Contains("http://", StringComparison.Ordinal)
            || named.Contains("src=\"//", StringComparison.Ordinal)
            || named.Contains("url(//", StringComparison.Ordinal)
        select $"{file.Path}: {line.Trim()}");
}
