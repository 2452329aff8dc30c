using System.Collections;
using System.Globalization;
using System.Text.Json;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>An answer as text for a terminal: every property by its name, numbers with their units.</summary>
internal static class AnswerText
{
    /// <summary>Writes an answer.</summary>
    public static void Write(VerbContext context, Asked asked)
    {
        context.Out.WriteLine(
            $"{context.Text.Text($"question.{asked.Question.Name}.title")} ({asked.Question.Name})");
        if (asked.View is not null)
            context.Out.WriteLine(context.Text
                .Text("answer.position", ("position", asked.Position), ("head", asked.Head)));
        Write(context, asked.Answer.Report, "  ");
    }

    private static void Write(VerbContext context, object report, string indent)
    {
        foreach (var property in Question.Json.GetTypeInfo(report.GetType()).Properties)
        {
            if (property.Get?.Invoke(report) is { } value) WriteNamed(context, property.Name, value, indent);
        }
    }

    private static void WriteNamed(VerbContext context, string name, object value, string indent)
    {
        switch (value)
        {
            case Figure figure:
                context.Out.WriteLine($"{indent}{name}: {Catalogue.Number(figure.Value)} {figure.Unit}"
                    .TrimEnd());
                break;
            case Name said:
                context.Out.WriteLine($"{indent}{name}: {said.In(context.Text.Language, "")}".TrimEnd());
                break;
            case Enum or bool:
                // The word that a spec takes and the JSON has.
                context.Out.WriteLine(
                    $"{indent}{name}: {JsonSerializer.Serialize(value, Question.Json).Trim('"')}");
                break;
            case string or Amount:
                context.Out.WriteLine(
                    $"{indent}{name}: {Convert.ToString(value, CultureInfo.InvariantCulture)}");
                break;
            case IDictionary map:
                if (map.Count == 0) break;
                context.Out.WriteLine($"{indent}{name}:");
                foreach (DictionaryEntry pair in map)
                    WriteNamed(context, Convert.ToString(pair.Key, CultureInfo.InvariantCulture)!,
                        pair.Value!, indent + "  ");
                break;
            case IEnumerable list:
                var index = 0;
                foreach (var item in list)
                    WriteNamed(context, string.Create(CultureInfo.InvariantCulture, $"{name}/{index++}"),
                        item, indent);
                break;
            default:
                if (value.GetType().Namespace?.StartsWith("Celadon.Lenses", StringComparison.Ordinal) != true)
                {
                    context.Out.WriteLine(
                        $"{indent}{name}: {Convert.ToString(value, CultureInfo.InvariantCulture)}");
                    break;
                }
                context.Out.WriteLine($"{indent}{name}:");
                Write(context, value, indent + "  ");
                break;
        }
    }
}
