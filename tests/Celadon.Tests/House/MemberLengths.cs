using System.Text.RegularExpressions;

namespace Celadon.Tests.House;

/// <summary>Finds the members of the types in a C# source and how many lines each takes.</summary>
internal static partial class MemberLengths
{
    /// <summary>The members with a body: first line, lines, and how they begin.</summary>
    public static IEnumerable<(int Line, int Length, string Head)> Of(string text)
    {
        var code = CSharpSource.Read(text).Code;
        var types = new Stack<int>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < code.Length; i++)
        {
            if (code[i] == '{')
            {
                if (types.Count == depth && IsType(code[start..i]))
                {
                    types.Push(depth);
                    start = i + 1;
                }
                depth++;
            }
            else if (code[i] == '}')
            {
                depth--;
                if (types.Count > 0 && types.Peek() == depth)
                {
                    types.Pop();
                    start = i + 1;
                }
                else if (types.Count == depth && !IsInitialised(code[start..i]))
                {
                    if (Member(code, start, i) is { } member) yield return member;
                    start = i + 1;
                }
            }
            else if (code[i] == ';' && types.Count == depth)
            {
                if (Member(code, start, i) is { } member) yield return member;
                start = i + 1;
            }
        }
    }

    private static bool IsType(string head) => TypeWord().IsMatch(head)
        && !head.Contains("=>", StringComparison.Ordinal);

    /// <summary>A table of data after "=" is not a body; it ends at its semicolon.</summary>
    private static bool IsInitialised(string member) => Assignment().IsMatch(BeforeBody(member));

    private static (int, int, string)? Member(string code, int start, int end)
    {
        var member = code[start..(end + 1)];
        var head = BeforeBody(member);
        if (!head.Contains('(', StringComparison.Ordinal) && !member.Contains('{', StringComparison.Ordinal))
            return null;
        if (Assignment().IsMatch(head)) return null;
        var first = start + member.Length - member.TrimStart().Length;
        return (code.AsSpan(0, first).Count('\n') + 1, code.AsSpan(first, end - first).Count('\n') + 1,
            head.Trim().Split('\n')[0].Trim());
    }

    private static string BeforeBody(string member)
    {
        var (brace, arrow) = (member.IndexOf('{', StringComparison.Ordinal),
            member.IndexOf("=>", StringComparison.Ordinal));
        var end = (brace, arrow) switch
        {
            ( < 0, < 0) => member.Length,
            ( < 0, _) => arrow,
            (_, < 0) => brace,
            _ => Math.Min(brace, arrow)
        };
        return member[..end];
    }

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|namespace|extension)\b")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"(?<![=!<>(,]\s*\w*)=(?![=>])(?![^(]*\))")]
    private static partial Regex Assignment();
}
