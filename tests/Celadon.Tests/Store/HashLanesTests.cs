using System.Security.Cryptography;
using System.Text;
using Celadon.Ledger;
using CsCheck;

namespace Celadon.Tests.Store;

/// <summary>Eight hashes side by side are what the system's hash gives one by one.</summary>
public class HashLanesTests
{
    /// <summary>The examples of FIPS 180-2, appendix B, and the empty message.</summary>
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Published_examples(string message, string hash)
    {
        var lanes = new HashLanes();
        for (var lane = 0; lane < HashLanes.Count; lane++)
            lanes.Set(lane, Encoding.ASCII.GetBytes(message), []);
        lanes.Compute();
        for (var lane = 0; lane < HashLanes.Count; lane++)
            Assert.Equal(hash, Convert.ToHexStringLower(lanes.Hash(lane)));
    }

    [Fact]
    public void Messages_of_any_length_in_any_lanes()
    {
        var lanes = new HashLanes();
        Gen.Byte.Array[0, 400].Array[1, HashLanes.Count].Select(Gen.Int[0, 40]).Sample((messages, first) =>
        {
            foreach (var (lane, message) in messages.Index())
            {
                var cut = Math.Min(first, message.Length);
                lanes.Set(lane, message.AsSpan(0, cut), message.AsSpan(cut));
            }
            lanes.Compute();
            return messages.Index().All(m => lanes.Hash(m.Index).SequenceEqual(SHA256.HashData(m.Item)));
        }, threads: 1);
    }
}
