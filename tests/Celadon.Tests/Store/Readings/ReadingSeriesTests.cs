using System.Security.Cryptography;
using System.Text;
using Celadon.Ledger;

namespace Celadon.Tests.Store.Readings;

public class ReadingSeriesTests
{
    [Fact]
    public void The_hash_is_over_the_published_bytes()
    {
        var series = ReadingSeries.From(
            "meter-è", 2, [1800, 0], [1800, 1800], [-7, 1250], [2, 0], ["", "峰"], [1, 0]);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write("celadon-readings/1\n"u8);
            writer.Write(8);
            writer.Write("meter-è"u8);
            writer.Write(2);
            writer.Write(2L);
            writer.Write(0L);
            writer.Write(1800);
            writer.Write(1250L);
            writer.Write((byte)0);
            writer.Write(0);
            writer.Write(1800L);
            writer.Write(1800);
            writer.Write(-7L);
            writer.Write((byte)2);
            writer.Write(3);
            writer.Write("峰"u8);
        }
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), series.ContentSha256);
    }

    [Fact]
    public void Order_of_rows_and_numbering_of_bands_do_not_change_the_hash()
    {
        var one = ReadingSeries.From(
            "m", 0, [0, 60, 120], [60, 60, 60], [1, 2, 3], [0, 1, 2], ["a", "b"], [0, 1, 0]);
        var other = ReadingSeries.From(
            "m", 0, [120, 0, 60], [60, 60, 60], [3, 1, 2], [2, 0, 1], ["b", "a", "c"], [1, 1, 0]);
        Assert.Equal(one.ContentSha256, other.ContentSha256);
        Assert.Equal("6", one.Sum.ToString());
    }

    [Fact]
    public void Every_part_of_a_reading_is_in_the_hash()
    {
        var hashes = new[]
        {
            ReadingSeries.From("m", 0, [0], [60], [1], [0]), ReadingSeries.From("n", 0, [0], [60], [1], [0]),
            ReadingSeries.From("m", 1, [0], [60], [1], [0]), ReadingSeries.From("m", 0, [1], [60], [1], [0]),
            ReadingSeries.From("m", 0, [0], [61], [1], [0]), ReadingSeries.From("m", 0, [0], [60], [2], [0]),
            ReadingSeries.From("m", 0, [0], [60], [1], [1]),
            ReadingSeries.From("m", 0, [0], [60], [1], [0], ["day"], [0]),
        }.Select(series => series.ContentSha256).ToArray();
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData(0L, 0L, 60, 0)]
    [InlineData(0L, 60L, -1, 0)]
    [InlineData(0L, 60L, 60, 3)]
    public void Refuses_two_readings_with_one_start_and_values_out_of_range(
        long first, long second, int length, byte quality) =>
        Assert.Throws<ArgumentException>(() =>
            ReadingSeries.From("m", 0, [first, second], [60, length], [1, 2], [0, quality]));
}
