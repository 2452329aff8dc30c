namespace Celadon.Tests;

/// <summary>
/// How much of a long case runs: a sample of it in the ordinary run, all of it with CELADON_LONG=1, as
/// continuous integration runs the tests of trait Length=Long.
/// </summary>
internal static class Length
{
    public const string Trait = nameof(Length), Long = nameof(Long);

    /// <summary>Why a case that has no sample waits.</summary>
    public const string Waits = "One of the long cases: set CELADON_LONG=1.";

    public static bool IsLong => Environment.GetEnvironmentVariable("CELADON_LONG") == "1";
}
