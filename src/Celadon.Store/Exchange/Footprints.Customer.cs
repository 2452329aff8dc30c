using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>Customers of the exchange: who is one, by which secret, and until when.</summary>
public sealed partial class Footprints
{
    private const int Iterations = 100_000, SecretBytes = 32, LongestId = 64;

    /// <summary>
    /// Makes a customer, or gives one a new secret; the secret is returned and kept nowhere.
    /// </summary>
    /// <exception cref="RefusedException">footprint.customerId.</exception>
    public string SetCustomer(string id)
    {
        lock (Consenting) return Secreted(id, Workspace.Registers().Find<Customer>(id));
    }

    /// <summary>Makes a customer; one that is here already keeps its secret.</summary>
    /// <returns>Its secret, kept nowhere.</returns>
    /// <exception cref="RefusedException">footprint.customerId; footprint.customerKnown.</exception>
    public string MakeCustomer(string id)
    {
        lock (Consenting) return Workspace.Registers().Find<Customer>(id) is null ? Secreted(id, null)
            : throw RefusedException.Of("footprint.customerKnown", ("id", id));
    }

    /// <summary>
    /// Gives a customer a new secret: the old one, and the tokens that were got by it, are worth nothing from
    /// here on.
    /// </summary>
    /// <returns>The secret, kept nowhere.</returns>
    /// <exception cref="RefusedException">footprint.noCustomer.</exception>
    public string RenewSecret(string id)
    {
        lock (Consenting) return Secreted(id, Workspace.Registers().Find<Customer>(id)
            ?? throw RefusedException.Of("footprint.noCustomer", ("id", id)));
    }

    private string Secreted(string id, Customer? known)
    {
        if (id.Length is 0 or > LongestId
            || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '.'))
            throw RefusedException.Of("footprint.customerId", ("id", id));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var salt = RandomNumberGenerator.GetBytes(SecretBytes);
        var key = Convert.ToHexStringLower(Derived(secret, salt, Iterations));
        var hash = string.Create(CultureInfo.InvariantCulture,
            $"{Iterations}.{Convert.ToHexStringLower(salt)}.{key}");
        Workspace.Append("register", [Version("customer", known is null
            ? new Customer { Id = id, SecretHash = hash } : known with { SecretHash = hash })]);
        return secret;
    }

    /// <summary>
    /// True when a customer shows its secret. Takes as long for a customer that does not exist.
    /// </summary>
    public bool Knows(string id, string secret)
    {
        var customer = Workspace.Registers().Find<Customer>(id);
        var parts = (customer?.SecretHash ?? "").Split('.');
        if (parts is not [var rounds, var salt, var key]
            || !int.TryParse(rounds, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > 10_000_000)
            (iterations, salt, key) = (Iterations, new string('0', 64), "");
        var shown = Convert.ToHexStringLower(Derived(secret, Convert.FromHexString(salt), iterations));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(shown), Encoding.ASCII.GetBytes(key));
    }

    /// <summary>
    /// Ends a customer with its consents, with what waits of it for an answer and with where its exchange is,
    /// unless it is a supplier too: its tokens are worth nothing from here on, and who is given the same id
    /// later begins with nothing.
    /// </summary>
    /// <exception cref="RefusedException">footprint.noCustomer.</exception>
    public Appended RemoveCustomer(string id)
    {
        lock (Consenting)
        {
            var registers = Workspace.Registers();
            if (registers.Find<Customer>(id) is null)
                throw RefusedException.Of("footprint.noCustomer", ("id", id));
            var records = new List<RecordBody> { new RegisterRecord("customer", id, "") };
            records.AddRange(registers.Of<Consent>().Where(c => c.Customer == id)
                .Select(c => new RegisterRecord("consent", c.Id, "")));
            if (registers.Find<Supplier>(id) is null)
            {
                // Else an answer to the next one of that name would go to where this one was.
                records.AddRange(registers.Of<ReceivedEvent>()
                    .Where(e => e.Peer == id && e.State == EventState.Waiting)
                    .Select(e => Version("received", e with { State = EventState.Stopped })));
                if (registers.Find<Peer>(id) is not null)
                {
                    records.Add(new RegisterRecord("peer", id, ""));
                    new PeerSecrets(Workspace.Folder).Set(id, null);
                }
            }
            return Workspace.Append("register", records);
        }
    }

    private static byte[] Derived(string secret, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(secret), salt, iterations, HashAlgorithmName.SHA256, SecretBytes);
}
