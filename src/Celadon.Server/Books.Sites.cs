using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>
    /// Registers a site, and the organisation that runs it where a name is given and none is registered.
    /// </summary>
    /// <param name="organisation">Name of the organisation, or empty.</param>
    /// <param name="name">Name of the site.</param>
    /// <param name="language">Language of both names: "en" or "zh".</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <exception cref="RefusedException">web.siteIncomplete: no such zone or country.</exception>
    public void AddSite(string organisation, string name, string language, string country, string zone)
    {
        if (SiteZone.Find(zone) is null || country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
            throw RefusedException.Of("web.siteIncomplete");
        var registers = Registers;
        var owner = registers.Of<Organisation>().FirstOrDefault()?.Id;
        var records = new List<RecordBody>();
        if (owner is null && organisation.Length > 0)
        {
            owner = IdOf(organisation, "organisation", []);
            records.Add(Record("organisation", new Organisation
            { Id = owner, Name = In(language, organisation), Country = country }));
        }
        records.Add(Record("site", new Site
        {
            Id = IdOf(name, "site", [.. registers.Of<Site>().Select(s => s.Id)]),
            Name = In(language, name),
            Country = country,
            Zone = zone,
            Organisation = owner,
            OperationalControl = true,
        }));
        _workspace.Append("register", records);
    }

    private static RegisterRecord Record(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));

    private static Name In(string language, string name) => language == "zh" ? new Name(Zh: name)
        : new Name(En: name);

    /// <summary>A short id from a name; a name without Latin letters takes the word for what it is.</summary>
    private static string IdOf(string name, string fallback, string[] taken)
    {
        var slug = string.Join('-', new string(
            [.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (slug.Length is 0 or > 60) slug = fallback;
        var id = slug;
        for (var i = 2; taken.Contains(id); i++) id = FormattableString.Invariant($"{slug}-{i}");
        return id;
    }
}
