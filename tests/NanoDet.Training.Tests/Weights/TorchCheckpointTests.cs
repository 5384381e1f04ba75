using System.IO.Compression;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Testing;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Weights;

public sealed class TorchCheckpointTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Metadata_of_ours_lie_beside_the_tensors_and_anything_else_there_is_passed_over()
    {
        var ours = new PickleWriter().Op('}').Text("state_dict").Op('}').Text("head.weight").Tensor("0", 1, 0, [1], [1]).Op('s').Op('s')
            .Text("nanodet").Op('}').Text("input").Text("416x320").Op('s').Text("other").Number(7).Op('s').Op('s').End();
        var foreign = new PickleWriter().Op('}').Text("state_dict").Op('}').Text("head.weight").Tensor("0", 1, 0, [1], [1]).Op('s').Op('s')
            .Text("nanodet").Number(7).Op('s').End();

        var read = WeightFile.Read(Archive(ours, ("0", [1])));

        Assert.Equal([KeyValuePair.Create("input", "416x320")], read.Metadata);
        Assert.Equal(["head.weight"], read.Tensors.Keys);
        Assert.Empty(WeightFile.Read(Archive(foreign, ("0", [1]))).Metadata);
    }

    [Fact]
    public void Tensors_are_windows_on_their_storages()
    {
        var pickle = new PickleWriter().Op('}').Op('(')
            .Text("whole").Tensor("0", 6, 0, [2, 3], [3, 1])
            .Text("part").Tensor("0", 6, 4, [2], [1])
            .Text("transposed").Tensor("0", 6, 0, [3, 2], [1, 3])
            .Text("number").Tensor("1", 1, 0, [], [])
            .Op('u').End();

        var tensors = WeightFile.Read(Archive(pickle, ("0", [1, 2, 3, 4, 5, 6]), ("1", [7]))).Tensors;

        Assert.Equal([1, 2, 3, 4, 5, 6], tensors["whole"].ToSingles());
        Assert.Equal([5, 6], tensors["part"].ToSingles());
        Assert.Equal([1, 4, 2, 5, 3, 6], tensors["transposed"].ToSingles());
        Assert.Equal([3, 2], tensors["transposed"].Shape);
        Assert.Equal([7], tensors["number"].ToSingles());
        Assert.Empty(tensors["number"].Shape);
    }

    [Fact]
    public void The_moving_average_is_preferred_to_the_model_and_prefixes_go()
    {
        var pickle = new PickleWriter().Op('}').Text("state_dict").Op('}').Op('(')
            .Text("model.head.weight").Tensor("0", 1, 0, [1], [1])
            .Text("avg_model.head.weight").Tensor("1", 1, 0, [1], [1])
            .Op('u').Op('s').Text("epoch").Number(3).Op('s').End();

        var tensors = WeightFile.Read(Archive(pickle, ("0", [1]), ("1", [2]))).Tensors;

        Assert.Equal(["head.weight"], tensors.Keys);
        Assert.Equal([2], tensors["head.weight"].ToSingles());
    }

    [Fact]
    public void An_archive_that_another_program_compressed_is_read_unless_it_grows_out_of_nothing()
    {
        var numbers = Enumerable.Range(0, 1000).Select(i => (float)i).ToArray();
        var pickle = new PickleWriter().Op('}').Op('(').Text("a").Tensor("0", 1000, 0, [1000], [1]).Op('u').End();

        var read = WeightFile.Read(CheckpointArchive.Write(_folder["a.pth"], CompressionLevel.SmallestSize, pickle, ("0", numbers)));

        Assert.Equal(numbers, read.Tensors["a"].ToSingles());
        Assert.True(new FileInfo(_folder["a.pth"]).Length < 4000);
        var bomb = CheckpointArchive.Write(_folder["b.pth"], CompressionLevel.SmallestSize, new PickleWriter().Op('}').Op('(').Text("a").Tensor("0", 1_000_000, 0, [1_000_000], [1]).Op('u').End(), ("0", new float[1_000_000]));
        var refused = Assert.Throws<NanoDetException>(() => WeightFile.Read(bomb)).Diagnostic;
        Assert.Equal(("NDB4101", "The weight file is damaged: the entry '0' is larger than it can be"), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.module.")]
    public void The_prefix_of_a_model_on_several_cards_goes(string prefix)
    {
        var pickle = new PickleWriter().Op('}').Text("state_dict").Op('}').Op('(').Text($"{prefix}head.weight").Tensor("0", 1, 0, [1], [1]).Op('u').Op('s').End();

        Assert.Equal(["head.weight"], WeightFile.Read(Archive(pickle, ("0", [1]))).Tensors.Keys);
    }

    [Fact]
    public void A_changed_bit_of_a_storage_is_told()
    {
        var path = Archive(new PickleWriter().Op('}').Text("a").Tensor("0", 2, 0, [2], [1]).Op('s').End(), ("0", [1.5f, 2.5f]));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf([.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(2.5f)])] ^= 1;
        File.WriteAllBytes(path, bytes);

        var diagnostic = Assert.Throws<NanoDetException>(() => WeightFile.Read(path)).Diagnostic;

        Assert.Equal(("NDB4101", "The weight file is damaged: the CRC-32 of the entry '0' is not that of its bytes"), (diagnostic.Code, diagnostic.Message));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_told_with_its_tensor(float number)
    {
        var pickle = new PickleWriter().Op('}').Op('(').Text("good").Tensor("0", 1, 0, [1], [1]).Text("bad").Tensor("1", 2, 0, [2], [1]).Op('u').End();

        var diagnostic = Assert.Throws<NanoDetException>(() => WeightFile.Read(Archive(pickle, ("0", [float.MaxValue]), ("1", [0, number])))).Diagnostic;

        Assert.Equal("NDB4107", diagnostic.Code);
        Assert.StartsWith("'bad' ", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ElementType.Float16, 0x7C00UL, 0x7BFFUL)]
    [InlineData(ElementType.BFloat16, 0x7F80UL, 0x7F7FUL)]
    [InlineData(ElementType.Float32, 0xFF80_0001UL, 0xFF7F_FFFFUL)]
    [InlineData(ElementType.Float64, 0x47F0_0000_0000_0000UL, 0x47EF_FFFF_E000_0000UL)]
    public void Numbers_of_each_width_are_finite_up_to_the_largest_single(ElementType type, ulong other, ulong largest)
    {
        Assert.False(Tensor(other).IsFinite);
        Assert.True(Tensor(largest).IsFinite);

        WeightTensor Tensor(ulong bits) => new(type, [1], BitConverter.GetBytes(bits).AsMemory(0, WeightTensor.SizeOf(type)));
    }

    public static TheoryData<string, byte[]> HostilePickles { get; } = new()
    {
        { "os.system", new PickleWriter().Global("os", "system").Op('(').Text("touch {0}").Op('t').Op('R').End() },
        { "posix.system", new PickleWriter().Global("posix", "system").Op('(').Text("touch {0}").Op('t').Op('R').End() },
        { "builtins.getattr", new PickleWriter().Global("builtins", "getattr").Op('(').Global("collections", "OrderedDict").Text("fromkeys").Op('t').Op('R').End() },
        { "builtins.eval", new PickleWriter().Text("builtins").Text("eval").Raw(0x93).End() },
        { "torch.load", new PickleWriter().Global("torch", "load").End() },
        { "a call", new PickleWriter().Global("collections", "OrderedDict").Op('(').Text("argument").Op('t').Op('R').End() },
        { "a call", new PickleWriter().Text("os.system").Op('(').Text("touch {0}").Op('t').Op('R').End() },
        { "opcode 0x69", new PickleWriter().Op('(').Op('i').Raw("os\nsystem\n"u8).End() },
        { "opcode 0x6F", new PickleWriter().Op('(').Global("collections", "OrderedDict").Op('o').End() },
        { "opcode 0x81", new PickleWriter().Global("collections", "OrderedDict").Op(')').Raw(0x81).End() },
        { "opcode 0x82", new PickleWriter().Raw(0x82, 1).End() },
        { "setting the state", new PickleWriter().Op(']').Op('}').Op('b').End() },
        { "outside the file", new PickleWriter().Text("file:///etc/passwd").Op('Q').End() },
    };

    [Theory]
    [MemberData(nameof(HostilePickles))]
    public void A_pickle_that_wants_more_than_tensors_runs_nothing_and_is_refused(string what, byte[] pickle)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => WeightFile.Read(Archive(pickle))).Diagnostic;

        Assert.Equal("NDB4102", diagnostic.Code);
        Assert.Contains(what, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 1L << 40 }, new long[] { 0 }, 0, 6)]
    [InlineData(new long[] { long.MaxValue, long.MaxValue, long.MaxValue }, new long[] { 0, 0, 0 }, 0, 6)]
    [InlineData(new long[] { 2 }, new long[] { long.MaxValue }, 0, 6)]
    [InlineData(new long[] { -2 }, new long[] { 1 }, 0, 6)]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 1, 6)]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 5, 6)]
    [InlineData(new long[] { 2 }, new long[] { 1 }, -1, 6)]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 0, 1L << 60)]
    [InlineData(new long[] { }, new long[] { }, 6, 6)]
    public void A_tensor_outside_its_storage_is_refused(long[] shape, long[] strides, long offset, long count)
    {
        var pickle = new PickleWriter().Op('}').Text("a").Tensor("0", count, offset, shape, strides).Op('s').End();

        Assert.Equal("NDB4101", Assert.Throws<NanoDetException>(() => WeightFile.Read(Archive(pickle, ("0", new float[6])))).Diagnostic.Code);
    }

    [Fact]
    public void A_file_without_tensors_says_so()
        => Assert.Equal("NDB4104", Assert.Throws<NanoDetException>(() => WeightFile.Read(Archive(new PickleWriter().Op('}').End()))).Diagnostic.Code);

    [Fact]
    public void A_pickle_of_arbitrary_or_truncated_bytes_never_gives_more_than_a_diagnostic()
    {
        var honest = new PickleWriter().Op('}').Op('(').Text("a").Tensor("0", 6, 0, [2, 3], [3, 1]).Op('u').End();
        Gen.Select(Gen.Int[0, honest.Length - 1], Gen.Byte, Gen.Byte.Array[0, 40]).Sample((at, value, noise) =>
        {
            var damaged = honest.ToArray();
            damaged[at] = value;
            foreach (var pickle in new[] { damaged, honest[..at], noise })
            {
                try
                {
                    WeightFile.Read(Archive(pickle, ("0", new float[6])));
                }
                catch (NanoDetException exception)
                {
                    Assert.StartsWith("NDB410", exception.Diagnostic.Code, StringComparison.Ordinal);
                }
            }
        }, iter: 300);
    }

    [Fact]
    public void A_truncated_archive_is_damaged()
    {
        var path = Archive(new PickleWriter().Op('}').Text("a").Tensor("0", 6, 0, [6], [1]).Op('s').End(), ("0", new float[6]));
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Equal("NDB4101", Assert.Throws<NanoDetException>(() => WeightFile.Read(path)).Diagnostic.Code);
    }

    private string Archive(byte[] pickle, params (string Key, float[] Numbers)[] storages)
        => CheckpointArchive.Write(_folder[$"{Guid.NewGuid():N}.pth"], pickle, storages);
}
