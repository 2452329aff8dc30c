namespace Celadon.Tests.House;

/// <summary>Something that a rule does not allow.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="What">What was found.</param>
internal sealed record Offence(int Line, string What);

/// <summary>A rule of docs/style.md that a test can keep.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="AppliesTo">The files it holds for.</param>
/// <param name="Check">What in a file breaks it.</param>
internal sealed record TidyRule(
    string Name, Func<SourceFile, bool> AppliesTo, Func<SourceFile, IEnumerable<Offence>> Check);
