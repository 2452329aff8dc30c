using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Celadon.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Celadon.Cli;

/// <summary>Runs command lines that other processes send to the server that has the workspace.</summary>
internal static class Forwarding
{
    /// <summary>
    /// Answers POST /api/cli for callers that know the token of the note beside the workspace, which only its owner
    /// can read. The verb runs as if typed here, with the caller's folder.
    /// </summary>
    public static void Map(WebApplication app, Workspace workspace, string token)
    {
        var expected = Encoding.UTF8.GetBytes(token);
        app.MapPost("/api/cli", async (HttpContext http) =>
        {
            var given = Encoding.UTF8.GetBytes(http.Request.Headers[ServerLink.Header].ToString());
            if (!CryptographicOperations.FixedTimeEquals(given, expected))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            var line = await http.Request.ReadFromJsonAsync<ForwardedLine>(ServerLink.Json, http.RequestAborted);
            if (line is null)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
            http.Response.ContentType = "application/x-ndjson";
            await Run(line, workspace, http.Response.Body, http.RequestAborted);
        });
    }

    private static async Task Run(ForwardedLine line, Workspace workspace, Stream body, CancellationToken cancel)
    {
        var turn = new Lock();
        using var output = new PieceWriter(piece => Send(body, turn, new ForwardedPiece(Out: piece)));
        using var error = new PieceWriter(piece => Send(body, turn, new ForwardedPiece(Error: piece)));
        using var input = new MemoryStream(Convert.FromBase64String(line.Input));
        var context = new VerbContext(output, error, input, line.Folder, IsTerminal: false, line.Variables, workspace);
        var exit = await Task.Run(() => CommandLine.Run(line.Args, context, cancel), cancel);
        await output.FlushAsync(cancel);
        await error.FlushAsync(cancel);
        Send(body, turn, new ForwardedPiece(Exit: exit));
        await body.FlushAsync(cancel);
    }

    private static void Send(Stream body, Lock turn, ForwardedPiece piece)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(piece, ServerLink.Json), (byte)'\n'];
        lock (turn) body.WriteAsync(bytes).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A writer that hands on what it was given in pieces of some size.</summary>
    private sealed class PieceWriter(Action<string> send) : TextWriter
    {
        private const int Size = 16 * 1024;
        private readonly StringBuilder _kept = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            _kept.Append(value);
            if (_kept.Length >= Size) Flush();
        }

        public override void Write(string? value)
        {
            _kept.Append(value);
            if (_kept.Length >= Size) Flush();
        }

        public override void Flush()
        {
            if (_kept.Length == 0) return;
            send(_kept.ToString());
            _kept.Clear();
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flush();
            return Task.CompletedTask;
        }
    }
}
