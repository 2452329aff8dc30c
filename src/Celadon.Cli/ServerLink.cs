using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>What a running server writes beside its workspace, readable by its owner alone.</summary>
/// <param name="Address">"http://127.0.0.1:5080".</param>
/// <param name="Token">Proves that a caller may read the file, which is to be the same person.</param>
/// <param name="ProcessId">The server's process.</param>
internal sealed record ServerNote(string Address, string Token, int ProcessId);

/// <summary>A command line, sent to the server that has the workspace.</summary>
/// <param name="Args">The words.</param>
/// <param name="Folder">Where the person stands: relative paths start there.</param>
/// <param name="Variables">CELADON_… variables.</param>
/// <param name="Input">Standard input, base64; empty when none was given.</param>
internal sealed record ForwardedLine(
    string[] Args, string Folder, IReadOnlyDictionary<string, string> Variables, string Input);

/// <summary>A piece of what the verb wrote, or its exit code.</summary>
internal sealed record ForwardedPiece(string? Out = null, string? Error = null, int? Exit = null);

/// <summary>The way to a running server: it has the readings, so every verb works through it.</summary>
internal sealed class ServerLink(ServerNote note)
{
    /// <summary>Name of the note beside the journal.</summary>
    public const string FileName = "serve.json";

    /// <summary>
    /// The header that carries the token to verbs. A browser's session does not have it: pages cannot run
    /// verbs, which read and write any file their owner can.
    /// </summary>
    public const string Header = "X-Celadon-Token";

    /// <summary>Pieces as JSON lines.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// The server that has a workspace, or null. A note whose workspace lock is free, or whose process is
    /// gone, is stale (the server was killed) and is taken away: its address may be somebody else's by now.
    /// </summary>
    public static ServerLink? Find(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using (new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None))
                File.Delete(path);
            return null;
        }
        catch (IOException)
        {
            if (Read(path) is not { } note) return null;
            if (IsAlive(note.ProcessId)) return new ServerLink(note);
            File.Delete(path);
            return null;
        }
    }

    private static ServerNote? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerNote>(File.ReadAllText(path), Json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null; // The server ended just now and took its note along, or the note is no note.
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Runs a command line inside the server; output comes as it is written.</summary>
    public async Task<int> Forward(string[] args, VerbContext context, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, note.Address + "/api/cli");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", note.Token);
        request.Headers.Add(Header, note.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        request.Content = JsonContent.Create(new ForwardedLine(args, context.Folder, context.Variables,
            await InputOf(args, context, cancel)), options: Json);
        try
        {
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                var piece = JsonSerializer.Deserialize<ForwardedPiece>(line, Json)!;
                if (piece.Out is { } written) await context.Out.WriteAsync(written);
                if (piece.Error is { } told) await context.Error.WriteAsync(told);
                if (piece.Exit is { } exit) return exit;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw RefusedException.Of("server.gone", ("address", note.Address), ("reason", e.Message));
        }
        throw RefusedException.Of("server.gone", ("address", note.Address), ("reason", "no exit code"));
    }

    /// <summary>Standard input goes along only when the line asks for it with "-".</summary>
    private static async Task<string> InputOf(string[] args, VerbContext context, CancellationToken cancel)
    {
        if (!args.Contains("-")) return "";
        using var bytes = new MemoryStream();
        await context.Input.CopyToAsync(bytes, cancel);
        return Convert.ToBase64String(bytes.ToArray());
    }
}
