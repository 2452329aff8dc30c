using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Celadon.Store;
using Celadon.Tests.House;

namespace Celadon.Tests.Example;

/// <summary>
/// The UK's pack of 2026 as it would be if natural gas had been reissued at 0.19231 kg CO2e/kWh gross.
/// </summary>
internal sealed partial class OtherEdition : IDisposable
{
    private const string Gas = "fuels/gaseous-fuels/natural-gas/kwh-gross-cv,";
    private readonly string _folder;

    private OtherEdition(string folder) => _folder = folder;

    public PackFolder Source => new(_folder);

    public static OtherEdition Make()
    {
        var made = new OtherEdition(Directory.CreateTempSubdirectory("celadon-edition-").FullName);
        var to = Directory.CreateDirectory(Path.Combine(made._folder, "uk-desnz-2026")).FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.At("packs/uk-desnz-2026")))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        var factors = Path.Combine(to, "factors.csv");
        var rows = File.ReadAllText(factors).Split('\n')
            .Select(row => row.StartsWith(Gas, StringComparison.Ordinal)
            ? row.Replace("0.18231,0.18194", "0.19231,0.19194", StringComparison.Ordinal) : row);
        File.WriteAllText(factors, string.Join('\n', rows));
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(factors)));
        var manifest = Path.Combine(to, "pack.json");
        File.WriteAllText(manifest, Hash().Replace(File.ReadAllText(manifest),
            m => string.Create(CultureInfo.InvariantCulture, $"{m.Groups[1].Value}{hash}")));
        return made;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("(\"file\": \"factors.csv\",[^}]*\"sha256\": \")[0-9a-f]{64}")]
    private static partial Regex Hash();
}
