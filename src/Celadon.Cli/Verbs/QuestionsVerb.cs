using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;

namespace Celadon.Cli.Verbs;

/// <summary>Lists every question with its schema and an example that works.</summary>
internal sealed class QuestionsVerb : Verb
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions OneLine =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Name => "questions";

    public override bool NeedsNoWorkspace => true;

    public override void Describe(Command command) { }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (context.Json)
        {
            var all = Questions.All.Select(q => (JsonNode)new JsonObject
            {
                ["name"] = q.Name,
                ["title"] = context.Text.Text($"question.{q.Name}.title"),
                ["schema"] = q.Schema,
                ["example"] = JsonNode.Parse(q.Example),
            });
            context.Out.WriteLine(new JsonArray([.. all]).ToJsonString(Indented));
            return Task.FromResult(Done);
        }
        foreach (var question in Questions.All)
        {
            context.Out.WriteLine(
                $"{question.Name} — {context.Text.Text($"question.{question.Name}.title")}");
            context.Out.WriteLine($"  {context.Text.Text($"question.{question.Name}.about")}");
            context.Out.WriteLine($"  {JsonNode.Parse(question.Example)!.ToJsonString(OneLine)}");
        }
        return Task.FromResult(Done);
    }
}
