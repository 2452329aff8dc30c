using Celadon.Lca.Model;
using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>Parameters of a process or of the whole file, and amounts worked out with them.</summary>
internal sealed class SimaScope
{
    private readonly SimaFile _file;
    private readonly LciNotes _notes;
    private readonly ParameterSet _values;

    private SimaScope(SimaFile file, LciNotes notes, ParameterSet values) =>
        (_file, _notes, _values) = (file, notes, values);

    /// <summary>The parameters themselves.</summary>
    public IReadOnlyList<LciParameter> Parameters { get; private init; } = [];

    /// <summary>Values by name.</summary>
    public ParameterSet Values => _values;

    /// <summary>Reads parameters.</summary>
    /// <param name="file">Their file.</param>
    /// <param name="owner">What they belong to, for their identifiers.</param>
    /// <param name="inputs">Rows of plain parameters.</param>
    /// <param name="formulas">Rows of calculated ones.</param>
    /// <param name="wider">Parameters that formulas may use besides.</param>
    /// <param name="notes">Hears of what is set twice.</param>
    /// <exception cref="UnusableException">One is no number or name, or they go round in a
    /// circle.</exception>
    public static SimaScope Of(SimaFile file, string owner, IEnumerable<SimaRow> inputs,
        IEnumerable<SimaRow> formulas, ParameterSet? wider, LciNotes notes)
    {
        var numbers = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var made = new List<LciParameter>();
        SimaRow? first = null;
        string Id(string name) => NamedId.Of("simapro", "parameter", owner, name.ToUpperInvariant());
        string Name(SimaRow row)
        {
            first ??= row;
            if (!FormulaBook.IsName(row[0])) throw row.Wrong("parameter", row[0]);
            if (numbers.ContainsKey(row[0]) || texts.ContainsKey(row[0]))
                throw row.Wrong("parameter", row[0]);
            return row[0];
        }
        foreach (var row in inputs)
        {
            var name = Name(row);
            numbers[name] = file.Number(row[1]) ?? throw row.Wrong(name, row[1]);
            made.Add(new(Id(name), name, numbers[name], "", Spread(file, row, 2, numbers[name], notes),
                SimaText.Described(row[7])));
        }
        foreach (var row in formulas)
        {
            var name = Name(row);
            texts[name] = file.Pointed(row[1]);
            made.Add(new(Id(name), name, 0, texts[name], default, SimaText.Described(row[2])));
        }
        try
        {
            var values = ParameterSet.Of(numbers, texts, wider);
            return new SimaScope(file, notes, values)
            {
                Parameters = [.. made.Select(p => p with { Value = values.Values[p.Name] })],
            };
        }
        catch (FormulaException problem)
        {
            throw first!.Wrong("parameters", problem.Message);
        }
    }

    /// <summary>An amount, with its formula where it is one.</summary>
    public (double Value, string Formula) Amount(SimaRow row, string what, string text)
    {
        var pointed = _file.Pointed(text);
        if (Doubles.Parse(pointed) is { } number) return (number, "");
        try
        {
            var value = FormulaParser.Parse(pointed).Value(_values.Values);
            return double.IsFinite(value) ? (value, pointed) : throw row.Wrong(what, text);
        }
        catch (FormulaException)
        {
            throw row.Wrong(what, text);
        }
    }

    /// <summary>The uncertainty that stands in four cells of a row.</summary>
    public Uncertainty Spread(SimaRow row, int at, double amount) => Spread(_file, row, at, amount, _notes);

    /// <summary>
    /// Of a lognormal the first number is the square of the geometric deviation, of a normal twice the
    /// deviation; the second and third are the ends of a triangle or uniform.
    /// </summary>
    private static Uncertainty Spread(SimaFile file, SimaRow row, int at, double amount, LciNotes notes)
    {
        var kind = row[at];
        double? Of(int i) => file.Number(row[at + i]);
        Uncertainty? read = kind.ToUpperInvariant() switch
        {
            "" or "UNDEFINED" => Uncertainty.None,
            "LOGNORMAL" => Of(1) is >= 1 and var squared
                ? Spreads.LognormalOf(amount, Math.Pow(Math.Log(squared) / 2, 2)) : null,
            "NORMAL" => Spreads.NormalOf(amount, Of(1) / 2),
            "TRIANGLE" => Spreads.TriangularOf(Of(2), amount, Of(3)),
            "UNIFORM" => Spreads.UniformOf(Of(2), Of(3)),
            _ => null,
        };
        if (read is { } spread) return spread;
        notes.Say(Finding.Of("formats.uncertainty", Severity.Warning, row.Place(), ("file", row.File),
            ("line", row.Line), ("kind", LciNotes.Shown(kind))));
        return Uncertainty.None;
    }
}
