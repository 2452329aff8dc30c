using Celadon.Registers;
using Microsoft.AspNetCore.Antiforgery;

namespace Celadon.Server.Web;

/// <summary>What stands around every page.</summary>
/// <param name="Sites">The sites, in order of id.</param>
/// <param name="Coverage">What is there of what is expected in the chosen period; null in an empty
/// workspace.</param>
/// <param name="Antiforgery">The token every form carries.</param>
/// <param name="Flash">What was just done, or null.</param>
public sealed record Frame(
    IReadOnlyList<Site> Sites, Coverage? Coverage, AntiforgeryTokenSet Antiforgery, Flash? Flash);
