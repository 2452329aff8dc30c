using Celadon.Store;

namespace Celadon.Tests.Store;

/// <summary>Work that several ask for at once is done once.</summary>
public class InFlightTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_while_it_runs_waits_for_it()
    {
        var work = new InFlight<string, object>();
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var count = 0;
        object Compute()
        {
            Interlocked.Increment(ref count);
            begun.Set();
            go.Wait(Cancel);
            return new object();
        }
        var first = Task.Run(() => work.Get("a", Compute, Cancel), Cancel);
        begun.Wait(Cancel);
        var second = Task.Run(() => work.Get("a", Compute, Cancel), Cancel);
        var other = Task.Run(() => work.Get("b", () => "b", Cancel), Cancel);
        Assert.Equal("b", await other);
        go.Set();
        Assert.Same(await first, await second);
        Assert.Equal(1, count);
        Assert.NotSame(await first, work.Get("a", Compute, Cancel));
    }

    [Fact]
    public async Task Work_that_another_gave_up_is_begun_again()
    {
        var work = new InFlight<string, int>();
        using var begun = new ManualResetEventSlim();
        using var given = new CancellationTokenSource();
        var first = Task.Run(() => work.Get("a", () =>
        {
            begun.Set();
            given.Token.WaitHandle.WaitOne();
            throw new OperationCanceledException(given.Token);
        }, given.Token), Cancel);
        begun.Wait(Cancel);
        var second = Task.Run(() => work.Get("a", () => 2, Cancel), Cancel);
        await given.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.Equal(2, await second);
    }

    [Fact]
    public void A_failure_is_told_and_not_kept()
    {
        var work = new InFlight<string, int>();
        Assert.Throws<InvalidOperationException>(() =>
            work.Get("a", () => throw new InvalidOperationException(), Cancel));
        Assert.Equal(1, work.Get("a", () => 1, Cancel));
    }
}
