using Celadon.Server.Web;
using Microsoft.AspNetCore.Components;

namespace Celadon.Server.Parts;

/// <summary>
/// The base of every component: it knows the page's context and takes its words from the catalogue.
/// </summary>
public abstract class Part : ComponentBase
{
    /// <summary>The context of the page the component stands in.</summary>
    [CascadingParameter] public PageContext At { get; set; } = null!;

    /// <summary>A text of the catalogue.</summary>
    protected string L(string key, params (string Name, object Value)[] args) => At.L(key, args);
}
