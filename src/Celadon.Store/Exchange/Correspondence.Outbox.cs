using System.Text;
using System.Text.Json;
using Celadon.Lenses.Products;
using Celadon.Registers;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Store;

public sealed partial class Correspondence
{
    /// <summary>For so long is a delivery tried (PACT technical specification v3: at most three days).
    /// </summary>
    private static readonly Duration Patience = Duration.FromDays(3);

    private static readonly Duration LongestPause = Duration.FromHours(6);

    /// <summary>What waits to be sent and may be tried now, oldest first.</summary>
    public IReadOnlyList<SentEvent> Due()
    {
        var now = Now;
        return [.. Sent().Where(e => e.State == EventState.Waiting
            && (e.Next is null || InstantPattern.General.Parse(e.Next).Value <= now))];
    }

    /// <summary>
    /// The bytes of an event that may go now. What it gives is in the journal as given when this returns.
    /// Null when the consent it rests on is no longer in force; it is held back then.
    /// </summary>
    public byte[]? Release(SentEvent sent)
    {
        var utf8 = Workspace.Kept.Get(sent.Sha256);
        if (sent.Type is not "RequestFulfilled" and not "Published") return utf8;
        var allowed = footprints.For(sent.To).ToDictionary(o => o.Statement.Id.ToString());
        if (!sent.About.All(allowed.ContainsKey))
        {
            Change(sent with { State = EventState.Stopped, Next = null });
            return null;
        }
        var said = PactEvent.Read(utf8).Event!;
        footprints.Disclose(sent.To, [.. said.Statements.Select(json => Encoding.UTF8.GetBytes(json))
            .Select(bytes => (Bytes: bytes, StatementText.Read(bytes).Statement!))
            .Select(s => new Offered(s.Item2, s.Bytes, allowed[s.Item2.Id.ToString()].Consent))]);
        return utf8;
    }

    /// <summary>The other side took it.</summary>
    public void Delivered(SentEvent sent) =>
        Change(sent with { State = EventState.Done, Next = null, Failure = null });

    /// <summary>
    /// It did not get there: tried again after a minute, two, four and so on, at most six hours; given up
    /// after three days.
    /// </summary>
    /// <param name="sent">The event.</param>
    /// <param name="code">Code of what went wrong.</param>
    public void Failed(SentEvent sent, string code)
    {
        var pause = Duration.FromMinutes(1L << Math.Min(sent.Tries, 10));
        var next = Now + (pause < LongestPause ? pause : LongestPause);
        var isOver = next > InstantPattern.General.Parse(sent.Since).Value + Patience;
        Change(sent with
        {
            Tries = sent.Tries + 1, Failure = code,
            Next = isOver ? null : InstantPattern.General.Format(next),
            State = isOver ? EventState.Refused : EventState.Waiting,
        });
    }

    private void Change(SentEvent sent) => Workspace.Append("register", [Version("outgoing", sent)]);
}
