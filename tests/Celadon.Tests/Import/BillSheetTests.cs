using System.Text;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;

namespace Celadon.Tests.Import;

/// <summary>Bills of materials as suppliers write them: levels, parents, Chinese heads.</summary>
public class BillSheetTests
{
    /// <summary>
    /// A mug of body, glaze and a lid that has a knob; the resource's name gives the id of the books.
    /// </summary>
    [Fact]
    public void Levels_hang_each_row_below_what_it_goes_into()
    {
        var parts = Parts("""
            Level,Part Number,Description,Qty Per,UoM,Factor
            0,MUG-1,Mug,1,pcs,
            1,BODY,China clay,0.35,kg,uk:clay
            .1,LID,Lid,1,pcs,
            ..2,KNOB,Knob,2,pcs,
            1,GL-7,Glaze frit,12.5,g,
            """, out var plan);
        Assert.Equal(["lid/knob 2 piece", "mug-1/china-clay 0.35 kg", "mug-1/glaze-frit 12.5 g",
            "mug-1/lid 1 piece"], parts.Select(p => $"{p.Id} {p.Amount} {p.Unit}"));
        Assert.Equal("uk:clay", parts[1].Factor);
        Assert.Equal("import.bill.product", Assert.Single(plan.Findings).Code);
        Assert.Equal(5, plan.Documents[0].Rows.Loaded);
    }

    [Fact]
    public void Chinese_heads_outline_numbers_and_decimal_commas_are_read()
    {
        var parts = Parts("""
            层级;物料编码;物料名称;用量;单位
            1;碗;青瓷碗;1;个
            1.1;高岭土;高岭土;0,42;kg
            1.2;釉料;釉料;0,05;kg
            """, out _, new Product { Id = "bowl", Name = new Name("Bowl", "碗"), Unit = "piece" });
        Assert.Equal(["bowl/china-clay 0.42 kg", "bowl/glaze 0.05 kg"],
            parts.Select(p => $"{p.Id} {p.Amount} {p.Unit}"));
    }

    [Fact]
    public void A_column_that_names_the_parent_needs_no_level_and_units_may_stand_in_the_head()
    {
        var parts = Parts("""
            Parent,Component,Quantity (kg),Valid from,Process
            ware,clay,1.4,2026-01,lci:clay mining
            ware,glaze,0.1,,
            """, out _);
        Assert.Equal(["ware/clay@2026-01", "ware/glaze"], parts.Select(p => p.Id));
        Assert.Equal(("2026-01", "lci:clay mining", "kg"), (parts[0].From, parts[0].Process, parts[0].Unit));
    }

    [Theory]
    [InlineData("0,a,1,kg\n1,b,0,kg\n1,c,1,kg", "import.bill.amount", 3)]
    [InlineData("0,a,1,kg\n1,b,1,stone\n1,c,1,kg", "import.bill.unit", 3)]
    [InlineData("0,a,1,kg\n2,b,1,kg\n1,c,1,kg", "import.bill.noParent", 3)]
    [InlineData("0,a,1,kg\n1,b,,kg\n1,c,1,kg", "import.bill.missing", 3)]
    [InlineData("0,a,1,kg\n1,b,1,kg\n1,b,2,kg", "import.bill.differs", 4)]
    [InlineData("0,a,1,kg\n1,b,1,kg\n2,a,1,kg", "import.bill.cycle", 4)]
    [InlineData("0,a,1,kg\n1,b,1,kg\nx,c,1,kg", "import.bill.level", 4)]
    [InlineData("0,a,1,kg\n1,b,1,kg\n0,c,1,kg", "import.bill.noProduct", 4)]
    public void A_row_that_cannot_be_read_is_refused_with_its_place_and_the_others_stand(
        string rows, string code, int row)
    {
        var parts = Parts("level,component,qty,unit\n" + rows, out var plan);
        var finding = Assert.Single(plan.Findings, f => f.Code == code);
        Assert.Equal(row, finding.Place!.Row);
        Assert.NotNull(Celadon.Text.Catalogue.English.Remedy(finding));
        Assert.NotNull(Celadon.Text.Catalogue.Chinese.Remedy(finding));
        Assert.Single(parts);
        var counts = plan.Documents[0].Rows;
        Assert.Equal((1, 4), (counts.Refused, counts.Loaded + counts.Refused + counts.Around));
    }

    [Fact]
    public void A_cycle_is_refused_with_its_path()
    {
        Parts("parent,component,qty,unit\na,b,1,kg\nb,c,1,kg\nc,a,1,kg", out var plan);
        Assert.Equal("c → a → b → c", Assert.Single(plan.Findings, f => f.Code == "import.bill.cycle")
            .Args["value"]);
    }

    [Fact]
    public void What_a_later_file_no_longer_names_goes_and_is_named()
    {
        var before = RegisterSet.From([(1, new Celadon.Ledger.RegisterRecord("component", "a/b",
            RegisterSet.Write(new Component
            {
                Id = "a/b", Product = "a", Item = "b", Amount = 1, Unit = "kg",
            })))]);
        var plan = Plan("parent,component,qty,unit\na,c,1,kg", before);
        Assert.Equal("a/b", Assert.Single(plan.Findings, f => f.Code == "import.bill.gone").Args["names"]);
        Assert.Contains(plan.Registers, r => r is { Id: "a/b", Json: "" });
    }

    [Fact]
    public void A_list_of_deliveries_is_no_bill()
    {
        var plan = Plan("date,item,product,quantity,unit\n2026-01-02,clay,ware,3,t", RegisterSet.Empty);
        Assert.DoesNotContain(plan.Registers, r => r.Type == "component");
    }

    private static List<Component> Parts(string csv, out ImportPlan plan, params Product[] products)
    {
        plan = Plan(csv, RegisterSet.From(products.Select((p, i) => ((long)i, new
            Celadon.Ledger.RegisterRecord("product", p.Id, RegisterSet.Write(p))))));
        return [.. plan.Registers.Where(r => r.Type == "component" && r.Json.Length > 0)
            .Select(r => (Component)RegisterSet.Read(r.Type, r.Json))
            .OrderBy(c => c.Id, StringComparer.Ordinal)];
    }

    private static ImportPlan Plan(string csv, RegisterSet registers) => Importer.Plan(
        [new SourceFile("bill.csv", Encoding.UTF8.GetBytes(csv))],
        new ImportContext { Registers = registers });
}
