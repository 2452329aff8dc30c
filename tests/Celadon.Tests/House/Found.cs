namespace Celadon.Tests.House;

/// <summary>How the house's tests say what they found.</summary>
internal static class Found
{
    /// <summary>Fails with every item on a line of its own, when there is any.</summary>
    public static void None(IEnumerable<string> offences)
    {
        var all = offences.ToArray();
        if (all.Length > 0) Assert.Fail($"{all.Length}:\n{string.Join('\n', all)}");
    }
}
