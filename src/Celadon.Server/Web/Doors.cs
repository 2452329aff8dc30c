using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>
/// Doors whose handlers take path values and services by name. Fitting a handler to a request compiles code;
/// with three hundred doors that was a tenth of the start, so each is fitted when somebody first comes to it.
/// </summary>
internal static class Doors
{
    /// <summary>Opens a door.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="method">"GET" or "POST".</param>
    /// <param name="path">Its path, "/ledger/import/{token}/drop".</param>
    /// <param name="handler">What answers; takes what a minimal API's handler takes.</param>
    /// <param name="filters">What stands before it, the outermost first.</param>
    public static IEndpointConventionBuilder MapDoor(this IEndpointRouteBuilder routes, string method,
        string path, Delegate handler,
        params Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>>[] filters)
    {
        RequestDelegate? fitted = null;
        return routes.MapMethods(path, [method], http => (fitted ??= Fit(http))(http));

        RequestDelegate Fit(HttpContext first) => Fitted(
            (RouteEndpoint)first.GetEndpoint()!, routes.ServiceProvider, handler, filters);
    }

    /// <summary>A form of a page: its antiforgery token is checked before anything else.</summary>
    public static IEndpointConventionBuilder MapForm(this RouteGroupBuilder forms, string path,
        Delegate handler) => forms.MapDoor("POST", path, handler, Forms.Checked);

    /// <summary>A door that needs no more than the request.</summary>
    public static void MapAnswer(this IEndpointRouteBuilder routes, string path,
        Func<HttpContext, IResult> answer) =>
        routes.MapGet(path, http => answer(http).ExecuteAsync(http));

    private static RequestDelegate Fitted(RouteEndpoint door, IServiceProvider services, Delegate handler,
        Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>>[] filters)
    {
        var builder = new RouteEndpointBuilder(null, door.RoutePattern, door.Order);
        foreach (var filter in filters)
            builder.FilterFactories.Add((_, next) => invocation => filter(invocation, next));
        return RequestDelegateFactory.Create(handler, new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = door.RoutePattern.Parameters.Select(p => p.Name),
            EndpointBuilder = builder,
        }).RequestDelegate;
    }
}
