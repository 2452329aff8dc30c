using System.CommandLine;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Explains one number of an answer, down to file and row.</summary>
internal sealed class ExplainVerb : Verb
{
    private readonly Argument<string> _question = new("question");
    private readonly Option<string?> _in = new("--in");
    private readonly Option<long?> _at = new("--at");
    private readonly Option<string> _number = new("--number") { Required = true };
    private readonly Option<int> _skip = new("--skip");
    private readonly Option<int> _take = new("--take") { DefaultValueFactory = _ => 20 };
    private readonly Option<bool> _leaves = new("--leaves");

    public override string Name => "explain";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_question);
        foreach (var option in (Option[])[_in, _at, _number, _skip, _take, _leaves])
            command.Options.Add(option);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var question = Questions.Get(parsed.GetValue(_question)!);
        var spec = Specs.Read(parsed.GetValue(_in), context);
        using var lease = context.Open();
        var asked = lease.Workspace.Ask(question, spec, parsed.GetValue(_at), cancel);
        var number = parsed.GetValue(_number)!;
        if (parsed.GetValue(_leaves))
        {
            foreach (var leaf in lease.Workspace.Leaves(asked, number))
            {
                cancel.ThrowIfCancellationRequested();
                context.Out.WriteLine(ExplanationJson.Write(leaf));
            }
            return Task.FromResult(Done);
        }
        var explained = lease.Workspace
            .Explain(asked, number, parsed.GetValue(_skip), parsed.GetValue(_take));
        if (context.Json) context.Out.WriteLine(ExplanationJson.Write(explained));
        else Write(context, explained);
        return Task.FromResult(Done);
    }

    private static void Write(VerbContext context, Explained explained)
    {
        var explanation = explained.Explanation;
        context.Out.WriteLine($"{explanation.Pointer} = {Show(explanation.Figure)}");
        context.Out.WriteLine("  " + context.Text.Text(explanation.Formula));
        foreach (var operand in explanation.Operands)
            context.Out.WriteLine(
                $"    {context.Text.Text(operand.Label)}: {Show(operand.Figure)}   {operand.Pointer}");
        var source = explanation.Figure.Trace switch
        {
            Trace.PackRow row => $"{row.Pack} {row.Row} ({row.Column}); {row.Citation}",
            Trace.Given given => given.Pointer,
            Trace.Fact fact => context.Text
                .Text("explain.fact", ("name", fact.Name), ("record", fact.Position)),
            Trace.Registered item => $"{item.Type} {item.Id}: {item.Field}",
            Trace.Constant constant => constant.Source,
            _ => null,
        };
        if (source is not null) context.Out.WriteLine("  " + source);
        if (!explanation.IsSummed) return;
        context.Out.WriteLine("  " + context.Text.Text("explain.rows", ("count", explanation.LeafCount)));
        foreach (var leaf in explained.Leaves)
            context.Out.WriteLine($"    {Catalogue.Number(leaf.Contribution)} {explanation.Figure.Unit} ← " +
                $"{Catalogue.Number(leaf.Amount)} {leaf.Unit}, {leaf.Flow}, {leaf.Period}, {leaf.Basis}; " +
                Where(context, leaf));
    }

    private static string Where(VerbContext context, TracedLeaf leaf)
    {
        var place = leaf.Sheet.Length > 0 ? $"{leaf.File} {leaf.Sheet}" : leaf.File;
        if (leaf.Row > 0) place += " " + context.Text.Text("place.row", ("row", leaf.Row));
        if (leaf.Withdrawn) place += " " + context.Text.Text("explain.withdrawn");
        return $"{place} · {context.Text.Text("place.record", ("record", leaf.Position))}";
    }

    private static string Show(Figure figure) => $"{Catalogue.Number(figure.Value)} {figure.Unit}".TrimEnd();
}
