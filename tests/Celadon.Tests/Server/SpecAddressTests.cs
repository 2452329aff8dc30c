using System.Buffers.Text;
using System.IO.Compression;
using Celadon.Server.Web;

namespace Celadon.Tests.Server;

/// <summary>Specs in addresses: short ones as they are, long ones packed, hostile ones left alone.</summary>
public class SpecAddressTests
{
    [Fact]
    public void A_long_spec_is_packed_and_comes_back_and_a_short_one_stays()
    {
        var spec = $$"""{ "product": "砖", "values": [{{string.Join(",", Enumerable.Range(0, 900))}}] }""";
        var packed = SpecAddress.Packed(spec);
        Assert.StartsWith("z.", packed, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9._-]+$", packed);
        Assert.True(packed.Length < spec.Length);
        Assert.Equal(spec, SpecAddress.Read(packed));
        Assert.Equal("{}", SpecAddress.Packed("{}"));
        Assert.Equal("{}", SpecAddress.Read("{}"));
    }

    /// <summary>Two million noughts in two thousand bytes, and what is no packed spec at all.</summary>
    [Fact]
    public void What_is_no_packed_spec_or_too_large_a_one_is_not_unpacked()
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(new byte[2_000_000]);
        var bomb = "z." + Base64Url.EncodeToString(bytes.ToArray());
        Assert.True(bomb.Length < 5000);
        foreach (var text in (string[])[bomb, "z.", "z.!!", "z.AAAA", "z"])
            Assert.True(SpecAddress.Read(text) is var read && (read == text || read.Length == 0), text);
    }
}
