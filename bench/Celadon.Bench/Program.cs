using Celadon.Bench;

return args.FirstOrDefault() switch
{
    "lca" => Celadon.Bench.Lca.LcaBench.Run(args[1..]),
    "lca-child" => Celadon.Bench.Lca.LcaChild.Run(args[1], args[2]),
    "books" => await BooksBench.Run(args.Length > 1 ? args[1] : null),
    "pages" => await PagesBench.Run(args.Length > 1 ? args[1] : null),
    "browser" when args.Length > 1 => await PagesBench.Look(args[1]),
    _ => Help(),
};

static int Help()
{
    Console.Error.WriteLine(
        "dotnet run -c Release --project bench/Celadon.Bench -- books|pages [results.md]");
    Console.Error.WriteLine(
        "… -- browser WORKSPACE   completion of pages in Chromium, over books that are there");
    Console.Error.WriteLine(Celadon.Bench.Lca.LcaOptions.Usage);
    return 2;
}
