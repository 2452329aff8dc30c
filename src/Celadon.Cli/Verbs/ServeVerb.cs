using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Server;
using Celadon.Server.Exchange;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;

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
        using var workspace = Workspace
            .Open(context.WorkspaceFolder(), VerbContext.Options(TimeSpan.FromSeconds(5)));
        foreach (var finding in workspace.Health) context.Print(finding);
        await using var exchange = Exchange(context, workspace, parsed);
        if (exchange is not null)
        {
            await exchange.StartAsync(cancel);
            context.Error.WriteLine(context.Text.Text("cli.serve.exchanging",
                ("url", ExchangeHost.Address(exchange, parsed.GetValue(_exchange)!))));
        }
        await Until(context, workspace, parsed.GetValue(_urls), cancel);
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
        var options = urls is null ? new ServeOptions() : new ServeOptions { Urls = urls.Split(';') };
        using var books = Books.Of(workspace);
        var warm = books.Warm(cancel);
        await using var app = CeladonServer.Build(books, options);
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
