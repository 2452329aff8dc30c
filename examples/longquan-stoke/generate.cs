#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=false
#:project generator/LongquanStoke.Generator.csproj

// Writes inputs/, later/ and expected/ of the example works beside this file:
//     dotnet run examples/longquan-stoke/generate.cs
// The same bytes on every run and every machine. It shares no code with Celadon: an independent witness.

using System.Runtime.CompilerServices;
using LongquanStoke;

return Generator.Run(args.Length > 0 ? args[0] : Here());

static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
