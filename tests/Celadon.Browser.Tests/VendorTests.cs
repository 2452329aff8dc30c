using System.Security.Cryptography;

namespace Celadon.Browser.Tests;

/// <summary>Vendored files are what their publishers published.</summary>
public sealed class VendorTests
{
    [Fact]
    public void The_checker_is_the_file_whose_hash_is_written_down()
    {
        const string path = "tests/Celadon.Browser.Tests/vendor/axe-core/axe.min.js";
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(
            Path.Combine(App.Repository, path))));
        var line = File.ReadLines(Path.Combine(App.Repository, "THIRD-PARTY.md"))
            .Single(l => l.Contains(path, StringComparison.Ordinal));
        Assert.Contains($"`{hash}`", line, StringComparison.Ordinal);
    }
}
