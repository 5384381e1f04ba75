using System.Buffers.Binary;
using System.Text;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Testing;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Weights;

public sealed class SafetensorsTests
{
    private static readonly Gen<WeightSet> WeightSets = Gen.Select(
            Gen.Dictionary(Gen.String[1, 20], Gen.Select(Gen.Enum<ElementType>(), Gen.Long[0, 4].Array[0, 3], Tensor))[0, 8],
            Gen.Dictionary(Gen.String[1, 10], Gen.String)[0, 3])
        .Where((tensors, _) => !tensors.ContainsKey("__metadata__"))
        .Select((tensors, metadata) => new WeightSet(new(tensors), metadata));

    [Fact]
    public void What_is_written_is_read_back_and_written_to_the_same_bytes()
        => WeightSets.Sample(weights =>
        {
            var bytes = Bytes(weights);
            var read = SafetensorsReader.Read(bytes);

            Assert.Equal(weights.Metadata, read.Metadata);
            Assert.Equal(weights.Tensors.Keys.Order(StringComparer.Ordinal), read.Tensors.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, tensor) in weights.Tensors)
            {
                Assert.Equal((tensor.Type, Convert.ToHexString(tensor.Data.Span)), (read.Tensors[name].Type, Convert.ToHexString(read.Tensors[name].Data.Span)));
                Assert.Equal(tensor.Shape, read.Tensors[name].Shape);
            }

            var reversed = new WeightSet(new(weights.Tensors.Reverse()), weights.Metadata);
            Assert.Equal(bytes, Bytes(reversed));
            Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        });

    [Fact]
    public void A_file_of_arbitrary_bytes_never_gives_more_than_a_diagnostic()
        => Gen.Select(Gen.Byte.Array[0, 200], WeightSets, Gen.Int[0, 1000], Gen.Byte).Sample((noise, weights, at, value) =>
        {
            var damaged = Bytes(weights);
            damaged[at % damaged.Length] = value;
            foreach (var content in new[] { noise, damaged, damaged[..(at % damaged.Length)] })
            {
                try
                {
                    SafetensorsReader.Read(content);
                }
                catch (InvalidDataException)
                {
                }
            }
        });

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "end at byte 0 of 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"F8","shape":[4],"data_offsets":[0,4]}}""", "F8")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "dtype")]
    [InlineData("""{"a":[[[[[[[]]]]]]]}""", "not a table of tensors")]
    [InlineData("""[1]""", "not a table of tensors")]
    public void A_header_that_lies_is_refused(string header, string reason)
    {
        using var folder = new TestFolder();
        var path = folder["weights.safetensors"];
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), 1, 2, 3, 4]);

        if (header.StartsWith('{'))
        {
            var diagnostic = Assert.Throws<NanoDetException>(() => WeightFile.Read(path)).Diagnostic;
            Assert.Equal("NDB4101", diagnostic.Code);
            Assert.Contains(reason, diagnostic.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("NDB4103", Assert.Throws<NanoDetException>(() => WeightFile.Read(path)).Diagnostic.Code);
        }
    }

    [Fact]
    public void What_Git_LFS_leaves_in_the_place_of_a_file_is_told_with_the_command_that_fetches_it()
    {
        using var folder = new TestFolder();
        var path = folder.Write("w.pth", "version https://git-lfs.github.com/spec/v1\noid sha256:6b86b273\nsize 12345\n");

        var diagnostic = Assert.Throws<NanoDetException>(() => WeightFile.Read(path)).Diagnostic;

        Assert.Equal("NDB4100", diagnostic.Code);
        Assert.EndsWith("run 'git lfs pull'", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_says_so()
        => Assert.Equal("NDB4100", Assert.Throws<NanoDetException>(() => WeightFile.Read("nowhere.safetensors")).Diagnostic.Code);

    private static WeightTensor Tensor(ElementType type, long[] shape)
    {
        var data = new byte[WeightTensor.ByteCount(type, shape)!.Value];
        new Random(data.Length).NextBytes(data);
        return new WeightTensor(type, [.. shape], data);
    }

    private static byte[] Bytes(WeightSet weights)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, weights);
        return stream.ToArray();
    }
}
