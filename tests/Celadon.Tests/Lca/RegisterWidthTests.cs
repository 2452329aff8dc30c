using System.Diagnostics;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;

namespace Celadon.Tests.Lca;

/// <summary>
/// The same numbers with registers of 512 and 256 bits and without any: the test starts itself again with the
/// wider ones switched off and compares every bit.
/// </summary>
public class RegisterWidthTests
{
    private const string Target = "CELADON_LCA_BITS";

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public void Numbers_are_the_same_to_the_last_bit_for_any_register_width()
    {
        var here = Bits();
        if (Environment.GetEnvironmentVariable(Target) is { } path)
        {
            File.WriteAllText(path, here);
            return;
        }
        foreach (var switchedOff in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2",
            "DOTNET_EnableHWIntrinsic" })
            Assert.Equal(here, Elsewhere(switchedOff));
    }

    private static string Elsewhere(string switchedOff)
    {
        var path = Path.Combine(Path.GetTempPath(), $"celadon-bits-{Guid.NewGuid():N}");
        try
        {
            var start = new ProcessStartInfo("dotnet", ["exec", typeof(RegisterWidthTests).Assembly.Location,
                "--filter-class", typeof(RegisterWidthTests).FullName!])
            { RedirectStandardOutput = true };
            (start.Environment[Target], start.Environment[switchedOff]) = (path, "0");
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A supply, intensities and samples, written as bits.</summary>
    private static string Bits()
    {
        var system = Systems.Random(5, 300, 6, sigma: 0.3);
        using var assessment = new Assessment(system);
        var result = assessment.Solve(new Demand(new(299), 1));
        assessment.Prepare([new(0), new(1)]);
        var samples = Simulation.Run(result, new() { Samples = 64, Categories = [new(0), new(1)] });
        double[] all = [.. result.Supply, .. assessment.Intensities(new(1)), .. samples.Samples(new(0)),
            .. samples.Samples(new(1)), .. SamplerTests.All.SelectMany(row => SamplerTests.Drawn(row.Data))];
        return string.Join('\n', all.Select(v => BitConverter.DoubleToInt64Bits(v).ToString("x16",
            System.Globalization.CultureInfo.InvariantCulture)));
    }
}
