using System.Net.Sockets;
using System.Text;

namespace Celadon.Tests.Server.Safety;

/// <summary>What came back over a bare connection.</summary>
/// <param name="Text">Every byte, as Latin-1.</param>
internal sealed record Answered(string Text)
{
    /// <summary>Status of the first answer; 0 when the connection was closed without one.</summary>
    public int Status => Text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
        ? int.Parse(Text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>How many answers came.</summary>
    public int Count => Text.Split("HTTP/1.1 ").Length - 1;
}

/// <summary>
/// Requests as nobody's library would write them: bytes as they stand, over a connection of their own.
/// </summary>
internal static class Wire
{
    /// <summary>
    /// How long a server may think, and how long one that has answered may be silent before it is taken to
    /// wait for more.
    /// </summary>
    private static readonly (TimeSpan First, TimeSpan Next) Patience =
        (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2));

    /// <summary>
    /// Sends the bytes and reads until the server ends the connection, or is silent and waits for more.
    /// </summary>
    public static async Task<Answered> Send(Uri root, string request)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(root.Host, root.Port, cancel);
        var stream = tcp.GetStream();
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancel);
            var buffer = new byte[16 * 1024];
            while (true)
            {
                using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                silence.CancelAfter(answer.Length == 0 ? Patience.First : Patience.Next);
                var read = await stream.ReadAsync(buffer, silence.Token);
                if (read == 0) break;
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // The server hung up on what was still being sent: what it said before counts.
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It waits for more.
        }
        return new Answered(answer.ToString());
    }

    /// <summary>Lines with the ends that HTTP wants, and the empty line after them.</summary>
    public static string Head(params string[] lines) => string.Join("\r\n", lines) + "\r\n\r\n";

    /// <summary>The session cookie of a guest, as a header.</summary>
    public static async Task<string> Cookie(RunningServer server)
    {
        using var stranger = server.Stranger();
        using var opened = await stranger.GetAsync($"/?key={server.Options.Key}",
            TestContext.Current.CancellationToken);
        return "Cookie: " + opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
