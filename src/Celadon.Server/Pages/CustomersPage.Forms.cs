using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Pages;

/// <summary>The forms that make customers and partners, and what is wrong with one that was sent.</summary>
public sealed partial class CustomersPage
{
    private readonly Attempt? _tried;

    /// <summary>Where exchanges of others are, and whether the secret for each is here.</summary>
    public IReadOnlyList<(Peer Peer, bool HasSecret)> Partners { get; }

    /// <summary>Customers and suppliers whose exchange is not registered.</summary>
    public IEnumerable<string> Strangers => _customers.Select(c => c.Id)
        .Concat(_registers.Of<Supplier>().Select(s => s.Id)).Distinct()
        .Where(id => _registers.Find<Peer>(id) is null);

    /// <inheritdoc/>
    public override int Status => _tried is null ? StatusCodes.Status200OK
        : StatusCodes.Status422UnprocessableEntity;

    /// <summary>What was refused and belongs to no field that is shown; null for none.</summary>
    public Finding? Unplaced =>
        _tried is { Finding: { } finding } && FieldOf(_tried) is null ? finding : null;

    /// <summary>
    /// True when a form was sent for one of the register, and refused; of nobody: for one that is new there.
    /// </summary>
    public bool IsTried(string form, string? id) => _tried?.Form == form
        && (id is null ? form != "peer" || _registers.Find<Peer>(_tried["id"]) is null : _tried["id"] == id);

    /// <summary>What was typed into a field of a form that was refused, else null.</summary>
    public string? Typed(string form, string name, string? id = null) =>
        IsTried(form, id) ? _tried![name] : null;

    /// <summary>What is wrong with a field of a form that was refused, with what to do; else null.</summary>
    public string? WrongOf(string form, string name, string? id = null) =>
        IsTried(form, id) && FieldOf(_tried!) == name && _tried!.Finding is { } finding
            ? string.Join(' ', new[] { At.Text.Render(finding), At.Text.Remedy(finding) }.OfType<string>())
            : null;

    /// <summary>The field that a refusal is about; null where none is shown that it could be.</summary>
    private string? FieldOf(Attempt tried) => tried.Finding?.Code switch
    {
        "footprint.customerId" or "footprint.customerKnown" => "id",
        "footprint.unsure" when IsShown(tried) => "sure",
        "exchange.peerAddress" => PeerAddress.Read(tried["address"]) is null ? "address" : "auth",
        "exchange.peerSecretAgain" => "secret",
        "exchange.peerClient" => Correspondence.IsClientId(tried["client"]) ? "secret" : "client",
        _ => null,
    };

    private bool IsShown(Attempt tried) => tried.Form == "forget"
        ? _registers.Find<Peer>(tried["id"]) is not null
        : _registers.Find<Registers.Customer>(tried["id"]) is not null;
}
