using System.Globalization;

namespace Celadon.Server.Safety;

/// <summary>Names of files as others gave them, made fit to be shown and to be saved under.</summary>
internal static class FileNames
{
    private const int Longest = 200;
    private const string Spoken = "\"<>:|?*/\\";

    /// <summary>
    /// The name without folders, without what a terminal, a header or a disk would take for commands, and
    /// without the signs that turn the direction of writing and so show another ending than there is.
    /// </summary>
    public static string Plain(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(name.Where(c => !Spoken.Contains(c, StringComparison.Ordinal)
            && char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))).Trim(' ', '.');
        return clean.Length == 0 ? "file" : clean.Length > Longest ? clean[^Longest..] : clean;
    }
}
