using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// Client id and secret of a customer, once: the answer to the form that made them. No address leads here,
/// and no twin holds them; what leads on from here leads to the customers.
/// </summary>
/// <param name="at">What it is made from; its path is that of the customers.</param>
/// <param name="id">The client id.</param>
/// <param name="secret">The secret, kept nowhere else.</param>
/// <param name="isNew">True for a new customer, false for a new secret.</param>
public sealed class CustomerSecretPage(PageContext at, string id, string secret, bool isNew) : Page(at)
{
    /// <summary>The client id.</summary>
    public string Id { get; } = id;

    /// <summary>The secret.</summary>
    public string Secret { get; } = secret;

    /// <summary>True for a new customer.</summary>
    public bool IsNew { get; } = isNew;

    /// <summary>Where the customer comes in; null while that door is shut.</summary>
    public Uri? Exchange => At.Options.Exchange();

    /// <inheritdoc/>
    public override string Section => "products";

    /// <inheritdoc/>
    public override string Tab => "customers";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(CustomerSecretView);

    /// <inheritdoc/>
    public override string Title =>
        At.L(IsNew ? "exchange.secret.made" : "exchange.secret.renewed", ("id", Id));
}
