#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// The developer's script: dotnet run dev.cs VERB. A laptop and the CI do the same things through it and
// .ci/run.
using System.Diagnostics;

const string tests = "tests/Celadon.Tests";
const string browser = "tests/Celadon.Browser.slnx";
const string bench = "bench/Celadon.Bench";
const string program = "src/Celadon.Cli";

var rest = args.Skip(1).ToArray();
return (args.FirstOrDefault() ?? "help") switch
{
    "check" => Check(),
    "test" => Run("test", ["--project", tests, .. rest]),
    "bench" => Needs(bench) ? Run("run", ["-c", "Release", "--project", bench, "--", .. rest]) : 2,
    "packs" => Needs(program) ? Run("run", ["--project", program, "--", "packs", "verify", "packs", .. rest])
        : 2,
    "shots" => Needs(browser) ? Run("test", ["--solution", browser, "--",
        "--filter-class", "*LookTests", .. rest], ("CELADON_SHOTS", "1")) : 2,
    "docs" => Run("test", ["--project", tests, "--", "--filter-class", "*DocsTests"],
        ("CELADON_ACCEPT_DOCS", "1")),
    _ => Help(),
};

// What a change must pass before it is offered: it builds without a warning, is laid out by the rules, and is
// green.
static int Check()
{
    string[][] steps = [["build"], ["format", "whitespace", "--verify-no-changes", "--no-restore"],
        ["test", "--no-build"]];
    foreach (var step in steps)
        if (Run(step[0], step[1..]) is not 0 and var code) return code;
    return 0;
}

static bool Needs(string path)
{
    if (Path.Exists(path)) return true;
    Console.Error.WriteLine($"{path} is not there; run this from the root of the repository.");
    return false;
}

static int Run(string verb, string[] words, params (string Name, string Value)[] settings)
{
    var start = new ProcessStartInfo("dotnet", [verb, .. words]);
    foreach (var (name, value) in settings) start.Environment[name] = value;
    using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    process.WaitForExit();
    return process.ExitCode;
}

static int Help()
{
    Console.WriteLine("""
        dotnet run dev.cs VERB
          check   build, layout and tests: what a change must pass
          test    the tests; what follows is handed on: test -- --filter-class "*Amount*"
          bench   the benchmarks, each against its named peer
          packs   verify every pack under packs/
          shots   pictures of every page at three widths in both languages
          docs    write the pages of the guide that follow from the program
        """);
    return 2;
}
