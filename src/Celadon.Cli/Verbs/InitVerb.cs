using System.CommandLine;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Makes a workspace with its organisation and first site.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Option<string?> _organisation = new("--organisation");
    private readonly Option<string?> _site = new("--site");
    private readonly Option<string?> _country = new("--country");
    private readonly Option<string?> _region = new("--region");
    private readonly Option<string?> _zone = new("--zone");

    public override string Name => "init";

    public override bool RunsAlone => true;

    public override void Describe(Command command)
    {
        foreach (var option in (Option[])[_organisation, _site, _country, _region, _zone])
            command.Options.Add(option);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(context.Named ?? context.Folder, context.Folder);
        if (Workspace.IsWorkspace(folder)) throw RefusedException.Of("workspace.exists", ("path", folder));
        var organisation = parsed.GetValue(_organisation) ?? Ask(context, "organisation");
        var site = parsed.GetValue(_site) ?? Ask(context, "site");
        var country = parsed.GetValue(_country) ?? (site is null ? null : Ask(context, "country"));
        var zone = parsed.GetValue(_zone) ?? ZoneOf(country);
        if (site is not null && (country is null || zone is null))
            throw RefusedException.Of("init.siteIncomplete", ("site", site));
        if (zone is not null && SiteZone.Find(zone) is null)
            throw RefusedException.Of("init.zone", ("zone", zone));
        using var workspace = Workspace.Create(folder, VerbContext.Options(), Guid.NewGuid().ToString("N"));
        var items = new List<RecordBody>();
        if (organisation is not null)
            items.Add(Register("organisation", new Organisation
            {
                Id = Slug(organisation),
                Name = new Name(organisation),
                Country = country,
            }));
        if (site is not null)
            items.Add(Register("site", new Site
            {
                Id = Slug(site),
                Name = new Name(site),
                Country = country!,
                Zone = zone!,
                Region = parsed.GetValue(_region),
                Organisation = organisation
                    is null ? null : Slug(organisation),
                OperationalControl = true,
            }));
        if (items.Count > 0) workspace.Append("register", items, cancel: cancel);
        context.Out.WriteLine(context.Json ? Results.Folder(folder)
            : context.Text.Text("cli.init.done", ("folder", folder)));
        if (site is not null && !context.Json)
            context.Out.WriteLine(context.Text.Text("cli.init.assumed", ("site", site)));
        return Task.FromResult(Done);
    }

    private static RegisterRecord Register(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));

    private static string? Ask(VerbContext context, string what)
    {
        if (!context.IsTerminal) return null;
        context.Out.Write(context.Text.Text($"cli.init.ask.{what}"));
        return Console.ReadLine()?.Trim() is { Length: > 0 } line ? line : null;
    }

    /// <summary>
    /// The zone of a country that has one; a country with several must be given with --zone.
    /// </summary>
    private static string? ZoneOf(string? country)
    {
        var zones = NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations?
            .Where(l => string.Equals(l.CountryCode, country, StringComparison.OrdinalIgnoreCase))
            .Select(l => l.ZoneId).ToArray() ?? [];
        return country?.ToUpperInvariant() == "CN" ? "Asia/Shanghai" : zones is [var only] ? only : null;
    }

    private static string Slug(string name)
    {
        var slug = string.Join('-', new string([.. name.ToLowerInvariant()
            .Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "site" : slug;
    }
}
