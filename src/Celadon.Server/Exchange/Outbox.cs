using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;
using Microsoft.Extensions.Hosting;

namespace Celadon.Server.Exchange;

/// <summary>
/// Sends what waits in the outbox, one after the other. Everything about it stands in the journal, so a
/// restart changes nothing: what was not taken yet is sent again under the same id.
/// </summary>
internal sealed class Outbox(Correspondence letters, PeerWire wire) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Tries once what may be tried now; returns how many were delivered.</summary>
    public async Task<int> Once(CancellationToken cancel)
    {
        await Turn.WaitAsync(cancel);
        try
        {
            var delivered = 0;
            foreach (var sent in letters.Due())
            {
                cancel.ThrowIfCancellationRequested();
                if (await Deliver(sent, cancel)) delivered++;
            }
            return delivered;
        }
        finally
        {
            Turn.Release();
        }
    }

    private async Task<bool> Deliver(SentEvent sent, CancellationToken cancel)
    {
        try
        {
            var (peer, secret) = letters.Known(sent.To);
            var client = new PeerClient(wire, peer, secret);
            // What cannot be reached is given nothing, and nothing is written as given.
            await client.Ready(cancel);
            if (letters.Release(sent) is not { } utf8) return false;
            await client.Post(sent.Address, utf8, cancel);
            letters.Delivered(sent);
            return true;
        }
        catch (RefusedException e)
        {
            letters.Failed(sent, e.Finding.Code);
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (RefusedException)
            {
                // The books are in other hands for a moment. What waits still stands in them, and its turn
                // comes again; the door for customers stays open meanwhile.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        wire.Dispose();
        base.Dispose();
    }
}
