using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Tests.House;

/// <summary>
/// The pages of the guide that follow from the program: findings, questions, verbs, settings. "dotnet run
/// dev.cs docs" writes them, a test compares them.
/// </summary>
internal static class GuidePages
{
    private static readonly JsonSerializerOptions Indented = new(Question.Json) { WriteIndented = true };

    /// <summary>Every page: path in the repository and text.</summary>
    public static IEnumerable<(string Path, string Text)> All()
    {
        foreach (var catalogue in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
        {
            var folder = $"docs/guide/{catalogue.Language}";
            yield return ($"{folder}/findings.md", Findings(catalogue));
            yield return ($"{folder}/questions.md", Questions(catalogue, Registrations.Questions));
            if (!Registrations.HasCommandLine) continue;
            yield return ($"{folder}/verbs.md", Verbs(catalogue, Registrations.Verbs));
            yield return ($"{folder}/settings.md", Settings(catalogue, Registrations.Settings));
        }
    }

    /// <summary>Every finding by subject, with what it says and what to do.</summary>
    public static string Findings(Catalogue catalogue)
    {
        var page = Begin(catalogue, "Findings", "发现",
            "What the program says when something should be known, and what to do about it. Words in "
            + "braces are filled in.",
            "程序需要提示时所说的话，以及应对办法。花括号中的词由程序填入。");
        var codes = catalogue.Keys.Where(key => key.StartsWith("finding.", StringComparison.Ordinal)
                && !key.EndsWith(".remedy", StringComparison.Ordinal))
            .Select(key => key["finding.".Length..]).Order(StringComparer.Ordinal);
        foreach (var subject in codes.GroupBy(code => code.Split('.')[0]))
        {
            page.Add($"\n## {subject.Key}\n");
            foreach (var code in subject)
            {
                page.Add($"\n### `{code}`\n\n{Escape(catalogue.Raw($"finding.{code}"))}\n");
                if (catalogue.Has($"finding.{code}.remedy"))
                    page.Add($"\n→ {Escape(catalogue.Raw($"finding.{code}.remedy"))}\n");
            }
        }
        return string.Concat(page);
    }

    /// <summary>Every question with its purpose and an example that works.</summary>
    public static string Questions(Catalogue catalogue, IEnumerable<Question> questions)
    {
        var page = Begin(catalogue, "Questions", "问题",
            "Every question that the books and the calculators answer, with an example to start from.",
            "账册与计算器能够回答的全部问题，每个都附有可直接使用的示例。");
        foreach (var question in questions)
        {
            var title = catalogue.Text($"question.{question.Name}.title");
            page.Add($"\n## `{question.Name}`\n\n**{title}**\n");
            page.Add($"\n{catalogue.Text($"question.{question.Name}.about")}\n");
            var example = JsonNode.Parse(question.Example)!.ToJsonString(Indented);
            page.Add($"\n```json\n{example.ReplaceLineEndings("\n")}\n```\n");
        }
        return string.Concat(page);
    }

    /// <summary>Every verb with its arguments and options.</summary>
    public static string Verbs(Catalogue catalogue, IEnumerable<VerbDescription> verbs)
    {
        var page = Begin(catalogue, "Verbs", "命令",
            "Every verb takes `--workspace DIR`, `--json` and `--lang en|zh`. Exit codes: 0 done, 1 findings "
            + "of severity error, 2 usage, 3 refused, 4 internal.",
            "每个命令都接受 `--workspace DIR`、`--json` 和 `--lang en|zh`。退出码：0 完成，1 有错误级发现，2 用法错误，"
            + "3 被拒绝，4 内部错误。");
        foreach (var verb in verbs)
        {
            page.Add($"\n## `celadon {verb.Name}`\n\n{catalogue.Text($"{verb.Key}.about")}\n");
            if (verb.Words.Count > 0) page.Add("\n");
            foreach (var word in verb.Words)
                page.Add($"- `{word}`: {Escape(catalogue.Text($"{verb.Key}.{word.TrimStart('-')}"))}\n");
        }
        return string.Concat(page);
    }

    /// <summary>Every setting that the program reads from its surroundings.</summary>
    public static string Settings(Catalogue catalogue, IEnumerable<string> settings)
    {
        var page = Begin(catalogue, "Settings", "设置",
            "Environment variables that the program reads. An option of the command line wins.",
            "程序读取的环境变量。命令行选项优先于同义的变量。");
        foreach (var setting in settings)
            page.Add($"\n## `{setting}`\n\n{catalogue.Text($"setting.{setting}")}\n");
        return string.Concat(page);
    }

    private static List<string> Begin(Catalogue catalogue, string en, string zh, string aboutEn,
        string aboutZh)
    {
        var (title, about) = catalogue.Language == "zh" ? (zh, aboutZh) : (en, aboutEn);
        return [$"# {title}\n\n{about}\n"];
    }

    /// <summary>A text may hold an angle bracket; Markdown must not take it for a tag.</summary>
    private static string Escape(string text) => text.Replace("<", "\\<", StringComparison.Ordinal);
}
