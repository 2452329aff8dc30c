using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Server;
using Celadon.Server.Exchange;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Cli.Verbs;

/// <summary>Serves a workspace on loopback until it is stopped.</summary>
internal sealed class ServeVerb : Verb
{
    private readonly Option<string?> _urls = new("--urls");
    private readonly Option<string?> _exchange = new("--exchange");
    private readonly Option<string?> _certificate = new("--certificate");

    public override string Name => "serve";

    public override bool RunsAlone => true;

    public override void Describe(Command command)
    {
        foreach (var option in (Option[])[_urls, _exchange, _certificate]) command.Options.Add(option);
    }

    public override async Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var folder = context.WorkspaceFolder();
        Uri? door = null;
        var options = OptionsOf(parsed.GetValue(_urls)) with { Exchange = () => door };
        // The books open on one core while the server is put together on another.
        var opening = Task.Run(() => Workspace.Open(folder, VerbContext.Options(TimeSpan.FromSeconds(5))),
            CancellationToken.None);
        Books? books = null;
        WebApplication app;
        try
        {
            app = CeladonServer.Build(() => books!, options);
        }
        catch
        {
            (await opening).Dispose();
            throw;
        }
        using var workspace = await opening;
        using var opened = Books.Of(workspace);
        books = opened;
        foreach (var finding in workspace.Health) context.Print(finding);
        await using var exchange = Exchange(context, workspace, parsed);
        if (exchange is not null)
        {
            await exchange.StartAsync(cancel);
            var at = ExchangeHost.Address(exchange, parsed.GetValue(_exchange)!);
            door = new Uri(at);
            context.Error.WriteLine(context.Text.Text("cli.serve.exchanging", ("url", at)));
        }
        await Until(context, workspace, opened, app, cancel);
        if (exchange is not null) await exchange.StopAsync(CancellationToken.None);
        return Done;
    }

    /// <summary>The door for customers; null when it was not asked for.</summary>
    private WebApplication? Exchange(VerbContext context, Workspace workspace, ParseResult parsed)
    {
        if (parsed.GetValue(_exchange) is not { } url) return null;
        if (parsed.GetValue(_certificate) is not { } file) throw RefusedException.Of("exchange.certificate");
        return ExchangeHost.Build(workspace, url,
            ExchangeHost.Certificate(Path.GetFullPath(file, context.Folder)));
    }

    /// <summary>
    /// Serves a workspace, with a note beside it by which other verbs find the way, until cancelled.
    /// </summary>
    public static async Task Until(VerbContext context, Workspace workspace, string? urls,
        CancellationToken cancel)
    {
        using var books = Books.Of(workspace);
        await Until(context, workspace, books, CeladonServer.Build(books, OptionsOf(urls)), cancel);
    }

    private static ServeOptions OptionsOf(string? urls) =>
        urls is null ? new ServeOptions() : new ServeOptions { Urls = urls.Split(';') };

    private static async Task Until(VerbContext context, Workspace workspace, Books books, WebApplication app,
        CancellationToken cancel)
    {
        await using var served = app;
        var options = app.Services.GetRequiredService<ServeOptions>();
        var warm = Warm(books, app, cancel);
        Forwarding.Map(app, workspace, options.Token);
        await app.StartAsync(cancel);
        var note = Path.Combine(workspace.Folder, ServerLink.FileName);
        WriteNote(note,
            new ServerNote(CeladonServer.Addresses(app)[0], options.Token, Environment.ProcessId));
        try
        {
            if (context.Json)
                context.Out.WriteLine(Results.Text(new JsonObject { ["url"] = CeladonServer.OpenUrl(app) }));
            else
            {
                context.Out.WriteLine(context.Text
                    .Text("cli.serve.open", ("url", CeladonServer.OpenUrl(app))));
                context.Out.WriteLine(context.Text.Text("cli.serve.stop"));
            }
            await context.Out.FlushAsync(cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Asked to stop: that is how serving ends.
        }
        finally
        {
            File.Delete(note);
            await app.StopAsync(CancellationToken.None);
            await warm;
        }
    }

    /// <summary>Beside the first request: what it will ask for, then how it will be drawn.</summary>
    private static async Task Warm(Books books, WebApplication app, CancellationToken cancel)
    {
        await books.Warm(cancel);
        if (!cancel.IsCancellationRequested) await CeladonServer.Rehearse(app);
    }

    /// <summary>The token in it lets others act: readable by its owner alone from the first byte.</summary>
    private static void WriteNote(string path, ServerNote note)
    {
        var how = new FileStreamOptions
        { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var beside = path + ".new";
        File.Delete(beside);
        using (var stream = new FileStream(beside, how)) JsonSerializer
            .Serialize(stream, note, ServerLink.Json);
        File.Move(beside, path, overwrite: true);
    }
}
