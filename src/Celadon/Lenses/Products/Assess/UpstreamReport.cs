using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Products;

/// <summary>
/// The supply chain as a tree, written as a list. A parent stands before its branches; the score of a branch
/// is its own part, the branches under it and what was left out there.
/// </summary>
/// <param name="Branches">The branches; the process asked for is the first.</param>
public sealed record AssessedTree(ImmutableArray<AssessedBranch> Branches);

/// <summary>A branch: so much of a process, with all that lies behind it.</summary>
/// <param name="Parent">Place of its parent in the list; −1 for the process asked for.</param>
/// <param name="Depth">Tier; 0 for the process asked for.</param>
/// <param name="Id">Identifier of the process.</param>
/// <param name="Name">Its name.</param>
/// <param name="Amount">How much is taken of it along this way.</param>
/// <param name="Score">Its part of the score, with all behind it.</param>
/// <param name="Own">What it exchanges with nature itself.</param>
/// <param name="LeftOutBurdens">Burdens of its branches that are not shown.</param>
/// <param name="LeftOutCredits">Credits of its branches that are not shown.</param>
/// <param name="LeftOutCount">How many branches of it are not shown.</param>
/// <param name="IsLoop">
/// True where the process stands already nearer to the root; it is not run through again, and its further
/// course is in its score.
/// </param>
/// <param name="IsFollowed">True where its branches were followed.</param>
public sealed record AssessedBranch(int Parent, int Depth, string Id, string Name, Figure Amount,
    Figure Score, Figure Own, Figure LeftOutBurdens, Figure LeftOutCredits, int LeftOutCount, bool IsLoop,
    bool IsFollowed) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score);
}

/// <summary>
/// Processes and what they take of one another, each process once. The own parts of the nodes and what is
/// left out add up to the score.
/// </summary>
/// <param name="Nodes">The processes, largest first.</param>
/// <param name="Links">The largest links.</param>
/// <param name="LinksLeftOut">Links between large processes that are not shown.</param>
/// <param name="LeftOutBurdens">Own burdens of processes that are not shown.</param>
/// <param name="LeftOutCredits">Own credits of processes that are not shown.</param>
/// <param name="LeftOutCount">How many processes are not shown.</param>
public sealed record AssessedSankey(ImmutableArray<AssessedNode> Nodes, ImmutableArray<AssessedLink> Links,
    int LinksLeftOut, Figure LeftOutBurdens, Figure LeftOutCredits, int LeftOutCount);

/// <summary>A process.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Own">What it exchanges with nature itself.</param>
/// <param name="Total">The same with all behind it; what runs through its own loops counts once.</param>
/// <param name="NotDrawn">
/// The total less its own part and the links that are shown into it. Among processes that stand in a loop it
/// holds, with its sign, what goes round.
/// </param>
/// <param name="InLoop">Whether it stands in a loop.</param>
public sealed record AssessedNode(string Id, string Name, Figure Own, Figure Total, Figure NotDrawn,
    bool InLoop) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>What one process takes of another.</summary>
/// <param name="From">Identifier of the supplier.</param>
/// <param name="FromName">Its name.</param>
/// <param name="To">Identifier of who takes.</param>
/// <param name="ToName">Its name.</param>
/// <param name="Amount">How much; a negative amount is a credit.</param>
/// <param name="Share">Its share of all that the supplier gives out here.</param>
/// <param name="Score">That share of the supplier's total.</param>
/// <param name="ClosesLoop">Marks the links without which there would be no loop.</param>
public sealed record AssessedLink(string From, string FromName, string To, string ToName, Figure Amount,
    Figure Share, Figure Score, bool ClosesLoop) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score);
}
