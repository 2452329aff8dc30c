using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>An answer: the typed report and what a person should know beside it.</summary>
public sealed record Answer(object Report, ImmutableArray<Finding> Findings);

/// <summary>The public face of a lens: one question with a typed spec and a typed report.</summary>
public abstract class Question
{
    /// <summary>
    /// How specs are read and reports written: camelCase, strict, book amounts as plain decimal text.
    /// </summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>"lens.question".</summary>
    public abstract string Name { get; }

    /// <summary>A spec as JSON that works on the example works; calculators carry all facts in it.</summary>
    public abstract string Example { get; }

    /// <summary>The spec's type.</summary>
    public abstract Type SpecType { get; }

    /// <summary>The JSON schema of the spec.</summary>
    public JsonNode Schema => Json.GetJsonSchemaAsNode(SpecType, SpecSchema.Options);

    /// <summary>Reads a spec.</summary>
    /// <exception cref="RefusedException">The JSON does not fit; the finding says where.</exception>
    public object ReadSpec(string json)
    {
        try
        {
            var spec = JsonSerializer.Deserialize(json, SpecType, Json)
                ?? throw new RefusedException(SpecCheck.Explain(this, json, null));
            return SpecCheck.Nothing(this, json) is { } finding ? throw new RefusedException(finding) : spec;
        }
        catch (JsonException e)
        {
            throw new RefusedException(SpecCheck.Explain(this, json, e.Path));
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            // An object that does not say which of several forms it has; names that differ in signs nobody
            // sees.
            throw new RefusedException(SpecCheck.Explain(this, json, null));
        }
    }

    /// <summary>What it needs from the books, or null when all facts are in the spec.</summary>
    public abstract ViewRequest? Needs(object spec);

    /// <summary>
    /// Computes the answer. Pure: no I/O, no clock, no randomness without a seed.
    /// </summary>
    /// <param name="spec">As <see cref="ReadSpec"/> gave it.</param>
    /// <param name="view">As <see cref="Needs"/> asked for; null for a calculator.</param>
    /// <param name="packs">What is known about the world.</param>
    /// <param name="cancel">Stops long work.</param>
    /// <exception cref="RefusedException">The question cannot be answered; the finding says why.</exception>
    public abstract Answer Compute(object spec, View? view, FactorLibrary packs, CancellationToken cancel);
}

/// <summary>An answer that was kept at closing, and today's answer to the same spec.</summary>
/// <param name="Site">Id of the site that was closed.</param>
/// <param name="Month">The month that was closed.</param>
/// <param name="Position">Position of the closing's record.</param>
/// <param name="KeptJson">The answer as it was kept.</param>
/// <param name="Today">Today's report, with today's packs.</param>
public sealed record KeptAndToday(
    string Site, YearMonth Month, long Position, string KeptJson, object Today);

/// <summary>A question whose answer says what differs from the answers that were kept at closing.</summary>
public interface IComparesWithKept
{
    /// <summary>Puts the differences into an answer. Pure, as computing is.</summary>
    /// <param name="answer">Today's answer.</param>
    /// <param name="kept">The kept answers of the closings in the answer's period that may differ.</param>
    Answer Compare(Answer answer, IReadOnlyList<KeptAndToday> kept);
}

/// <summary>Another question's answer that a question takes as an operand.</summary>
/// <param name="Question">"carbon.inventory".</param>
/// <param name="SpecJson">Its spec.</param>
public sealed record TakenAnswer(string Question, string SpecJson);

/// <summary>
/// A question that takes reports of other questions. It names them; whoever asks it asks them first, at the
/// same position, and hands their answers in. The lens itself asks nobody.
/// </summary>
public interface ITakesAnswers
{
    /// <summary>What to ask first, in order; empty where the spec holds all facts.</summary>
    ImmutableArray<TakenAnswer> Takes(object spec);

    /// <summary>The same where registers say too what to ask; here the spec alone does.</summary>
    ImmutableArray<TakenAnswer> Takes(object spec, View? view) => Takes(spec);

    /// <summary>Computes the answer, as <see cref="Question.Compute"/>.</summary>
    /// <param name="spec">As the spec was read.</param>
    /// <param name="view">As it was asked for; null where none is needed.</param>
    /// <param name="packs">What is known about the world.</param>
    /// <param name="taken">The answers to <see cref="Takes(object, View)"/>, in its order.</param>
    /// <param name="cancel">Stops long work.</param>
    Answer Compute(object spec, View? view, FactorLibrary packs, IReadOnlyList<Answer> taken,
        CancellationToken cancel);
}

/// <summary>A question with its types.</summary>
public abstract class Question<TSpec, TReport> : Question
    where TSpec : notnull
    where TReport : notnull
{
    /// <inheritdoc/>
    public sealed override Type SpecType => typeof(TSpec);

    /// <inheritdoc/>
    public sealed override ViewRequest? Needs(object spec) => Needs((TSpec)spec);

    /// <inheritdoc/>
    public sealed override Answer Compute(object spec, View? view, FactorLibrary packs,
        CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var report = Compute((TSpec)spec, view, packs, findings, cancel);
        return new Answer(report, [.. findings]);
    }

    /// <summary>What it needs from the books; null (as here) for a calculator.</summary>
    protected virtual ViewRequest? Needs(TSpec spec) => null;

    /// <summary>Computes the report and adds to the findings.</summary>
    protected abstract TReport Compute(
        TSpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel);
}
