using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// What a stranger writes into an address reaches the terminal of the person who runs the server: it must not
/// begin a line of its own there, nor move its cursor.
/// </summary>
public sealed class LogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_is_logged_on_lines_that_the_address_cannot_forge()
    {
        var kept = new Kept();
        await using var server = await RunningServer.Start(more: (app, _) =>
        {
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(kept);
            app.MapGet("/en/fails/{**what}", SafetyServer.Fail);
        });
        using var guest = await server.Guest();
        using var answer = await guest.GetAsync(
            "/en/fails/a%0aerr:%20forged%0d%1b[2J%1b]0;title%07%c2%85%e2%80%a8%e2%80%aeb", Cancel);
        Assert.Equal(500, (int)answer.StatusCode);
        var line = Assert.Single(kept.Lines);
        Assert.Contains("GET /en/fails/a", line, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u202a-\u202e]", line);
    }

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

        public void Dispose() { }
    }
}
