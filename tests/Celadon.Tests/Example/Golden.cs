using Celadon.Tests.House;

namespace Celadon.Tests.Example;

/// <summary>
/// Files of expected text that a person can read and review. CELADON_ACCEPT=1 writes them anew; the review of
/// the change is then the review of the commit.
/// </summary>
internal static class Golden
{
    private static bool Accepts => Environment.GetEnvironmentVariable("CELADON_ACCEPT") == "1";

    /// <summary>Holds lines against tests/Celadon.Tests/Example/goldens/NAME.txt, line by line.</summary>
    public static void Equal(string name, IEnumerable<string> lines)
    {
        var path = Repository.At($"tests/Celadon.Tests/Example/goldens/{name}.txt");
        var now = lines.ToList();
        if (Accepts) File.WriteAllText(path, string.Concat(now.Select(line => line + "\n")));
        Assert.True(File.Exists(path),
            $"{path} is missing: run with CELADON_ACCEPT=1 and review what it writes.");
        Assert.Equal(File.ReadAllLines(path), now);
    }
}
