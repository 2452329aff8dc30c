using Celadon.Store.Import;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>
/// One line on standard error that says how far the work is and is written over; seen only by a person at a
/// terminal, and only once the work has lasted a second.
/// </summary>
internal sealed class ProgressLine(VerbContext context, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Next = TimeSpan.FromMilliseconds(200);

    private readonly long _begun = time.GetTimestamp();
    private long _written;
    private int _width;

    /// <summary>Says how far files are read.</summary>
    public void Tell(ImportProgress progress)
    {
        if (IsDue()) Write(ImportWords.Of(context.Text, progress));
    }

    /// <summary>Says how many there are done of how many.</summary>
    public void Tell(string key, long count, long total)
    {
        if (IsDue()) Write(context.Text.Text(key, ("count", count), ("total", total)));
    }

    /// <summary>Takes the line away, for what is to stand there.</summary>
    public void Clear()
    {
        if (_width == 0) return;
        Write("");
        context.Error.Write('\r');
        context.Error.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private bool IsDue() => context.IsLive && time.GetElapsedTime(_begun) >= First
        && (_width == 0 || time.GetElapsedTime(_written) >= Next);

    private void Write(string text)
    {
        // Chinese signs take two places; too many blanks do no harm.
        var width = text.EnumerateRunes().Sum(r => r.Value < 0x1100 ? 1 : 2);
        context.Error.Write('\r' + text + new string(' ', Math.Max(0, _width - width)));
        context.Error.Flush();
        (_width, _written) = (width, time.GetTimestamp());
    }
}
