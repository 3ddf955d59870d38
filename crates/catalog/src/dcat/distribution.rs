//! The forms in which a dataset or one of its revisions can be fetched.

use oxrdf::vocab::xsd;

use super::description::Description;
use super::edition::Edition;
use super::quality::Quality;
use super::service::Service;
use super::vocab::{adms, dcat, dcatap, dct, spdx};
use super::{Detail, Scope, authority, shared};
use crate::distribution::{Form, Format};

/// Tells one form, without length and checksum while its file is still being made. Its dates are those of the rows; the
/// dataset's are those of the whole. The measurements of quality, where the report is at hand, belong to the CSV, from which the
/// others are made.
pub fn tell(
    out: &mut Description,
    scope: &Scope<'_>,
    edition: &Edition<'_>,
    form: &Form<'_>,
    detail: &Detail<'_>,
) {
    let iris = scope.iris;
    let (dataset, format) = (edition.dataset, form.format);
    let iri = edition.distribution(iris, format);
    let checksum = format!("{iri}#checksum");
    let download = edition.download(iris, format);
    let status = match edition.frozen() {
        Some(revision) if !is_current(edition, revision.number) => authority::Status::Deprecated,
        _ if form.made.is_none() => authority::Status::UnderDevelopment,
        _ => authority::Status::Completed,
    };
    let published_at = edition.revision.and_then(|revision| revision.published_at);
    let quality =
        detail.report.filter(|_| format == Format::Csv).zip(edition.revision).map(|(report, revision)| {
            let address = iris.report(&dataset.slug, revision.number);
            Quality::of(report, scope.schema(dataset), address, revision.made_at)
        });

    let mut node = out.node(&iri);
    node.is_a(dcat::DISTRIBUTION)
        .ja(dct::TITLE, &format!("{}（{}）", edition.title(), format.title()))
        .ja(dct::DESCRIPTION, &description(edition, format))
        .link(dcat::ACCESS_URL, &download)
        .link(dcat::DOWNLOAD_URL, &download)
        .link(dct::FORMAT, &authority::file_type(format.eu()))
        .link(dcat::MEDIA_TYPE, &shared::media_type(format));
    if let Some(made) = form.made {
        node.typed(dcat::BYTE_SIZE, made.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER)
            .link(spdx::HAS_CHECKSUM, &checksum);
    }
    node.link(dct::LICENSE, dataset.metadata.licence.iri())
        .link(dct::RIGHTS, &shared::rights(scope, edition))
        .link(dcatap::AVAILABILITY, &authority::stable())
        .link(adms::STATUS, status.iri())
        .link(dct::LANGUAGE, &authority::japanese());
    if let Some(issued) = edition.issued() {
        node.moment(dct::ISSUED, issued);
    }
    if let Some(published_at) = published_at {
        node.moment(dct::MODIFIED, published_at);
    }
    if let Some(schema) = scope.schema(dataset) {
        node.link(dct::CONFORMS_TO, &iris.schema(&schema.id));
    }
    for service in Service::of_form(edition, format) {
        node.link(dcat::ACCESS_SERVICE, &service.iri(iris));
    }
    if let Some(quality) = &quality {
        quality.lead(&mut node, &iri);
    }

    if let Some(made) = form.made {
        out.node(&checksum).is_a(spdx::CHECKSUM).link(spdx::ALGORITHM, spdx::SHA256.as_str()).typed(
            spdx::CHECKSUM_VALUE,
            made.sha256.to_string(),
            xsd::HEX_BINARY,
        );
    }
    if let Some(quality) = &quality {
        quality.tell(out, scope, &iri);
    }
    authority::tell_status(out, status);
}

fn is_current(edition: &Edition<'_>, number: u32) -> bool {
    edition.dataset.current.as_ref().is_some_and(|current| current.number == number)
}

fn description(edition: &Edition<'_>, format: Format) -> String {
    let which = match edition.frozen() {
        Some(revision) => format!("第{}版", revision.number),
        None => "最新の版".to_owned(),
    };
    let how = match format {
        Format::Csv => "UTF-8のCSVに収めたファイルです。",
        Format::Json => "列の名前をもつオブジェクトの配列にしたファイルです。",
        Format::GeoJson => "緯度・経度から地図上の点にしたファイルです。",
        Format::Parquet => "列ごとに型をもたせて収めたParquetファイルです。",
        Format::Xlsx => "1枚のシートに収めたExcelのブックです。",
    };
    format!("{which}のすべての行を、{how}")
}
