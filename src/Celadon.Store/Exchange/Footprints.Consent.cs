using System.Globalization;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime.Text;

namespace Celadon.Store;

/// <summary>Who may have what, until when, and no longer.</summary>
public sealed partial class Footprints
{
    private const int LongestGround = 200;
    private static readonly Lock Consenting = new();

    /// <summary>Lets a customer have the statements of a product.</summary>
    /// <exception cref="RefusedException">
    /// footprint.noCustomer; footprint.noProduct: no own statement names the product; footprint.consent: a
    /// date is none or the ground is missing; footprint.consentKnown: the very same stands already.
    /// </exception>
    public Appended Allow(string customer, string product, string from, string? to, string ground)
    {
        lock (Consenting)
        {
            var registers = Workspace.Registers();
            if (registers.Find<Customer>(customer) is null)
                throw RefusedException.Of("footprint.noCustomer", ("id", customer));
            if (!Own().Any(s => s.ProductIds.Contains(product)))
                throw RefusedException.Of("footprint.noProduct", ("product", product));
            ground = ground.Trim();
            if (!IsDay(from) || (to is not null && !IsSpan(from, to))
                || ground.Length is 0 or > LongestGround)
                throw RefusedException.Of("footprint.consent");
            // A form that is sent twice says nothing new.
            if (registers.Of<Consent>().FirstOrDefault(c => c.Customer == customer && c.Product == product
                && c.From == from && c.To == to && c.Ground == ground) is { } same)
                throw RefusedException.Of("footprint.consentKnown", ("id", same.Id));
            var position = Workspace.Journal.Head().Position.ToString(CultureInfo.InvariantCulture);
            return Workspace.Append("register", [Version("consent", new Consent
            {
                Id = $"{customer}-{position}", Customer = customer, Product = product, From = from, To = to,
                Ground = ground,
            })]);
        }
    }

    /// <summary>Sets the last day of a consent, also where it had none or another.</summary>
    /// <exception cref="RefusedException">
    /// footprint.noConsent; footprint.consent: it is no day, or one before its first.
    /// </exception>
    public Appended Limit(string consent, string to)
    {
        lock (Consenting)
        {
            var known = ConsentOf(consent);
            return IsSpan(known.From, to) ? Workspace.Append("register", [Version("consent",
                known with { To = to })]) : throw RefusedException.Of("footprint.consent");
        }
    }

    /// <summary>Takes a consent back: what was given is not undone, nothing more is given.</summary>
    /// <exception cref="RefusedException">footprint.noConsent.</exception>
    public Appended Revoke(string consent)
    {
        lock (Consenting)
            return Workspace.Append("register", [new RegisterRecord("consent", ConsentOf(consent).Id, "")]);
    }

    private Consent ConsentOf(string id) => Workspace.Registers().Find<Consent>(id)
        ?? throw RefusedException.Of("footprint.noConsent", ("id", id));

    private static bool IsDay(string text) => LocalDatePattern.Iso.Parse(text).Success;

    private static bool IsSpan(string from, string to) =>
        IsDay(to) && string.CompareOrdinal(from, to) <= 0;
}
