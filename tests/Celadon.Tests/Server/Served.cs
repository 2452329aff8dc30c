using Celadon.Server;
using Celadon.Store;
using Microsoft.AspNetCore.Builder;

namespace Celadon.Tests.Server;

/// <summary>A workspace served on loopback, and a guest who has come in by the printed address.</summary>
internal sealed record Served(Books Books, WebApplication App, HttpClient Guest) : IAsyncDisposable
{
    /// <summary>Serves a workspace, which stays its owner's.</summary>
    public static async Task<Served> Start(Workspace workspace)
    {
        var cancel = TestContext.Current.CancellationToken;
        var books = Books.Of(workspace);
        var app = CeladonServer.Build(books, new ServeOptions());
        await app.StartAsync(cancel);
        var guest = new HttpClient { BaseAddress = new Uri(CeladonServer.Addresses(app)[0]) };
        await guest.GetStringAsync(new Uri(CeladonServer.OpenUrl(app)).PathAndQuery, cancel);
        return new Served(books, app, guest);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Guest.Dispose();
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Books.Dispose();
    }
}
