using System.Text;
using System.Text.Json;
using Celadon.Cli;

namespace Celadon.Tests.Cli;

/// <summary>What a command line did.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ran(int Exit, string Out, string Error)
{
    /// <summary>Standard output as one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The code of the refusal that was told as JSON.</summary>
    public string? Refused => Json.TryGetProperty("refused", out var refused)
        ? refused.GetProperty("code").GetString() : null;

    /// <summary>Fails with all that was said when the exit code is another.</summary>
    public Ran Ends(int exit)
    {
        Assert.True(Exit == exit, $"exit {Exit} instead of {exit}\n{Out}\n{Error}");
        return this;
    }
}

/// <summary>
/// Runs command lines as the program does, in this process: the same verbs, without the start of a runtime.
/// </summary>
internal static class Terminal
{
    /// <summary>Runs a line in a folder, with nobody at the keyboard.</summary>
    public static Task<Ran> Run(string folder, params string[] args) => Run(folder, "", args);

    /// <summary>Runs a line in a folder, with text on standard input.</summary>
    public static async Task<Ran> Run(string folder, string input, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var variables = new Dictionary<string, string> { ["CELADON_LANG"] = "en" };
        var context = new VerbContext(output, error, stream, folder, IsTerminal: false, variables,
            Held: null);
        var exit = await CommandLine.Run(args, context, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), error.ToString());
    }
}
