using System.Text.Json;
using Celadon.Cli;
using Celadon.Cli.Verbs;
using Celadon.Store;
using Celadon.Tests.House;
using NodaTime;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// The note beside a served workspace holds the token: its owner's alone, and gone with the server.
/// </summary>
public sealed class NoteTests
{
    [Fact]
    public async Task The_note_is_readable_by_its_owner_alone_and_goes_with_the_server()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("celadon-note-").FullName;
        try
        {
            using var workspace = Workspace.Create(Path.Combine(folder, "books"), new WorkspaceOptions(
                SystemClock.Instance, new PackFolder(Repository.At("packs")), "owner",
                TimeSpan.FromSeconds(1)), "note");
            var path = Path.Combine(workspace.Folder, ServerLink.FileName);
            await File.WriteAllTextAsync(path, "{}", stop.Token);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
            var started = new TaskCompletionSource<string>();
            using var output = new Told(started);
            var context = new VerbContext(output, TextWriter.Null, Stream.Null, folder, false,
                new Dictionary<string, string>(), workspace) { Json = true };
            var serving = ServeVerb.Until(context, workspace, null, stop.Token);
            var url = await started.Task.WaitAsync(TimeSpan.FromSeconds(30), stop.Token);
            using var note = JsonDocument.Parse(await File.ReadAllTextAsync(path, stop.Token));
            var token = note.RootElement.GetProperty("token").GetString()!;
            Assert.Matches("^[0-9a-f]{64}$", token);
            Assert.DoesNotContain(token, url, StringComparison.Ordinal);
            Assert.StartsWith("http://127.0.0.1:", note.RootElement.GetProperty("address").GetString(),
                StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            await stop.CancelAsync();
            await serving;
            Assert.False(File.Exists(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Standard output that tells when the address was printed.</summary>
    private sealed class Told(TaskCompletionSource<string> first) : StringWriter
    {
        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            first.TrySetResult(ToString());
            return Task.CompletedTask;
        }
    }
}
