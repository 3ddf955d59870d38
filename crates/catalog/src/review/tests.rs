#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Cursor;

use jiff::ToSpan;

use super::*;
use crate::draft::{self, Drafted, NewDataset};
use crate::permit::permit;
use crate::rules::{Forbidden, Rules};
use crate::staff::{Role, Staff};
use crate::testing::{TABLE, Town, slug};
use crate::{DatasetState, browse};

/// A table in which only a person knows what `-` stands for.
const WITH_A_SIGN: &str = "名称,電話番号\r\n見本一号,-\r\n見本二号,0225-00-0000\r\n";

fn staff(name: &str, department: &str, role: Role) -> Staff {
    Staff { name: name.to_owned(), department: slug(department), role }
}

fn editor() -> Staff {
    staff("作成 見本", "mihon", Role::Editor)
}

fn approver() -> Staff {
    staff("承認 見本", "mihon", Role::Approver)
}

impl Town {
    async fn lets(&self, who: &Staff, deed: Deed, number: Option<u32>) -> Result<Permit, CatalogError> {
        permit(&self.store, Rules::default(), who, deed, &slug("toilets"), number).await
    }

    async fn creates(&self) -> Dataset {
        let new = NewDataset::named(slug("toilets"), "【見本】トイレ");
        draft::create(&self.store, &self.schemas, &editor(), new).await.unwrap()
    }

    async fn uploads(&self, file: &str) -> Result<Drafted, CatalogError> {
        let permit = self.lets(&editor(), Deed::Upload, None).await?;
        let reception = draft::expect(&self.store, &self.schemas, &permit).await?;
        let file = Cursor::new(file.as_bytes().to_vec());
        let received = tokio::task::spawn_blocking(|| reception.read("toilets.csv", file)).await.unwrap()?;
        draft::keep(&self.store, &permit, received).await
    }

    async fn submits(&self, number: u32) -> Result<Reviewed, CatalogError> {
        submit(&self.store, &self.lets(&editor(), Deed::Submit, Some(number)).await?).await
    }

    async fn opens(&self, number: u32, at: Option<Timestamp>) -> Result<Reviewed, CatalogError> {
        let permit = self.lets(&approver(), Deed::Publish, Some(number)).await?;
        publish(&self.store, &self.schemas, &permit, at).await
    }

    async fn answers(&self, number: u32, question: &str, choice: &str) -> Result<Drafted, CatalogError> {
        let permit = self.lets(&editor(), Deed::Answer, Some(number)).await?;
        let replies = [(question.to_owned(), Some(choice.to_owned()))];
        draft::answer(&self.store, &self.schemas, &permit, &replies).await
    }
}

#[tokio::test]
async fn a_revision_goes_from_draft_to_published_and_readers_see_only_the_end() {
    let town = Town::open().await;
    assert_eq!(town.creates().await.state, DatasetState::Draft);
    let drafted = town.uploads(TABLE).await.unwrap();
    assert_eq!((drafted.revision.number, drafted.revision.state), (1, RevisionState::Draft));
    let submitted = town.submits(1).await.unwrap();
    assert_eq!(submitted.revision.state, RevisionState::Submitted);
    assert!(browse::dataset(&town.store, None, &slug("toilets")).await.is_err());

    let published = town.opens(1, None).await.unwrap();
    let seen = browse::dataset(&town.store, None, &slug("toilets")).await.unwrap();
    assert_eq!(seen, published.dataset);
    assert_eq!(seen.issued, Some(seen.modified));
    let review = &seen.current.as_ref().unwrap().review;
    assert_eq!(review.submitted.as_ref().unwrap().by, "作成 見本");
    assert_eq!(review.decided.as_ref().unwrap().by, "承認 見本");
    let acts: Vec<_> = town.audit().await.into_iter().map(|(action, _, result)| (action, result)).collect();
    let done = |action: &str| (action.to_owned(), "done".to_owned());
    assert_eq!(acts, ["publish", "submit", "upload", "create"].map(done));
}

#[tokio::test]
async fn a_file_with_errors_keeps_nothing_but_its_audit_entry() {
    let town = Town::open().await;
    town.creates().await;
    let refused = town.uploads("名称,数\r\n見本\u{0}一号,1\r\n").await;
    assert!(matches!(refused, Err(CatalogError::Refused(_))), "{refused:?}");
    assert_eq!(town.kept_files(), 0);
    assert!(store::revision::all(town.store.database(), &slug("toilets")).await.unwrap().is_empty());
    assert_eq!(town.audit().await[0].2, "findings");
}

#[tokio::test]
async fn open_questions_stand_in_the_way_until_they_are_answered_and_an_answer_is_given_again() {
    let town = Town::open().await;
    town.creates().await;
    let drafted = town.uploads(WITH_A_SIGN).await.unwrap();
    let question = &drafted.report.questions[0];
    assert!(matches!(town.submits(1).await, Err(CatalogError::OpenQuestions(_))));

    let bad = town.answers(1, "no-such-question", "1").await;
    assert!(matches!(bad, Err(CatalogError::BadAnswer { .. })), "{bad:?}");
    let bad = town.answers(1, &question.id, "9").await;
    assert!(matches!(bad, Err(CatalogError::BadAnswer { .. })), "{bad:?}");
    let answered = town.answers(1, &question.id, "1").await.unwrap();
    assert_eq!(answered.report.questions[0].answer.as_ref(), Some(&question.choices[0].ja));
    assert_eq!(answered.revision.sha256, drafted.revision.sha256, "the file stays as it came");
    assert_ne!(answered.revision.distributions, drafted.revision.distributions, "the sign is gone");
    town.submits(1).await.unwrap();
    assert!(matches!(town.answers(1, &question.id, "2").await, Err(CatalogError::NotThen { .. })));

    let again = town.uploads(&WITH_A_SIGN.replace("二号", "三号")).await.unwrap();
    assert_eq!(again.report.questions[0].answer.as_ref(), Some(&question.choices[0].ja));
    assert_eq!(again.revision.review.answers[0].carried_from, Some(1));
    town.submits(2).await.unwrap();
}

#[tokio::test]
async fn what_is_not_theirs_is_not_there_and_nobody_publishes_their_own_work() {
    let town = Town::open().await;
    town.creates().await;
    town.uploads(TABLE).await.unwrap();
    let elsewhere = staff("よその人", "dx", Role::Approver);
    let refused = town.lets(&elsewhere, Deed::Publish, Some(1)).await;
    assert!(matches!(refused, Err(CatalogError::NoSuchDataset(_))));
    let refused = town.lets(&editor(), Deed::Publish, Some(1)).await;
    assert!(matches!(refused, Err(CatalogError::Forbidden(Forbidden::Role { .. }))));
    let refused = town.lets(&approver(), Deed::Publish, Some(9)).await;
    assert!(matches!(refused, Err(CatalogError::NoSuchRevision { .. })));
    let maker = staff("作成 見本", "mihon", Role::Approver);
    let refused = town.lets(&maker, Deed::Publish, Some(1)).await;
    assert!(matches!(refused, Err(CatalogError::Forbidden(Forbidden::OwnWork))));
    assert!(matches!(town.opens(1, None).await, Err(CatalogError::NotThen { .. })), "it was not submitted");
}

#[tokio::test]
async fn a_permit_is_good_for_one_deed_only() {
    let town = Town::open().await;
    town.creates().await;
    town.uploads(TABLE).await.unwrap();
    town.submits(1).await.unwrap();
    let permit = town.lets(&editor(), Deed::Submit, Some(1)).await.unwrap();
    assert!(matches!(
        publish(&town.store, &town.schemas, &permit, None).await,
        Err(CatalogError::Forbidden(_))
    ));
}

#[tokio::test]
async fn of_several_who_publish_at_once_one_wins() {
    let town = Town::open().await;
    town.creates().await;
    for number in 1..=4 {
        town.uploads(&format!("名称,数\r\n見本,{number}\r\n")).await.unwrap();
        town.submits(number).await.unwrap();
    }
    let mut permits = Vec::new();
    for number in 1..=4 {
        permits.push(town.lets(&approver(), Deed::Publish, Some(number)).await.unwrap());
    }
    let all = futures_util::future::join_all(
        permits.iter().map(|it| publish(&town.store, &town.schemas, it, None)),
    )
    .await;
    let stale = all.iter().filter(|it| matches!(it, Err(CatalogError::Stale { .. }))).count();
    assert_eq!((all.iter().filter(|it| it.is_ok()).count(), stale), (1, 3), "{all:?}");
}

#[tokio::test]
async fn a_number_below_the_current_one_comes_too_late() {
    let town = Town::open().await;
    town.creates().await;
    for number in 1..=2 {
        town.uploads(&format!("名称,数\r\n見本,{number}\r\n")).await.unwrap();
        town.submits(number).await.unwrap();
    }
    town.opens(2, None).await.unwrap();
    assert!(matches!(town.opens(1, None).await, Err(CatalogError::Superseded { current: 2, .. })));
}

#[tokio::test]
async fn a_returned_revision_may_be_handed_in_again() {
    let town = Town::open().await;
    town.creates().await;
    town.uploads(TABLE).await.unwrap();
    town.submits(1).await.unwrap();
    let permit = town.lets(&approver(), Deed::Return, Some(1)).await.unwrap();
    assert!(matches!(send_back(&town.store, &permit, " ").await, Err(CatalogError::BadWords(_))));
    let returned = send_back(&town.store, &permit, "所在地が古い").await.unwrap();
    assert_eq!(returned.revision.review.reason.as_deref(), Some("所在地が古い"));
    assert!(matches!(town.opens(1, None).await, Err(CatalogError::NotThen { .. })));
    assert_eq!(town.submits(1).await.unwrap().revision.review.reason, None);
    town.opens(1, None).await.unwrap();
}

#[tokio::test]
async fn what_is_scheduled_is_published_once_its_time_has_come_and_never_twice() {
    let town = Town::open().await;
    town.creates().await;
    town.uploads(TABLE).await.unwrap();
    town.submits(1).await.unwrap();
    let scheduled = town.opens(1, Some(now() + 1.hours())).await.unwrap();
    assert_eq!(scheduled.revision.state, RevisionState::Scheduled);
    assert!(publish_due(&town.store, &town.schemas, now()).await.unwrap().is_empty());
    assert!(browse::dataset(&town.store, None, &slug("toilets")).await.is_err());

    let later = now() + 2.hours();
    let (one, other) = tokio::join!(
        publish_due(&town.store, &town.schemas, later),
        publish_due(&town.store, &town.schemas, later)
    );
    assert_eq!(one.unwrap().len() + other.unwrap().len(), 1);
    let entry = crate::audit::latest(&town.store, 1).await.unwrap().remove(0);
    assert_eq!((entry.who.as_str(), entry.action.as_str()), ("承認 見本", "publish"));
    assert!(entry.after.unwrap().get("scheduled_for").is_some());
}

#[tokio::test]
async fn what_is_scheduled_and_overtaken_is_returned() {
    let town = Town::open().await;
    town.creates().await;
    for number in 1..=2 {
        town.uploads(&format!("名称,数\r\n見本,{number}\r\n")).await.unwrap();
        town.submits(number).await.unwrap();
    }
    town.opens(1, Some(now() + 1.hours())).await.unwrap();
    town.opens(2, None).await.unwrap();
    assert!(publish_due(&town.store, &town.schemas, now() + 2.hours()).await.unwrap().is_empty());
    let revisions = store::revision::all(town.store.database(), &slug("toilets")).await.unwrap();
    let states: Vec<_> = revisions.iter().map(|revision| revision.state).collect();
    assert_eq!(states, [RevisionState::Published, RevisionState::Returned]);
}

#[tokio::test]
async fn withdrawing_returns_what_was_scheduled_and_ends_every_act() {
    let town = Town::open().await;
    town.creates().await;
    for number in 1..=2 {
        town.uploads(&format!("名称,数\r\n見本,{number}\r\n")).await.unwrap();
        town.submits(number).await.unwrap();
    }
    town.opens(1, None).await.unwrap();
    town.opens(2, Some(now() + 1.hours())).await.unwrap();
    let permit = town.lets(&approver(), Deed::Withdraw, None).await.unwrap();
    withdraw(&town.store, &permit, "座標の誤り").await.unwrap();
    let revision = store::revision::find(town.store.database(), &slug("toilets"), 2).await.unwrap();
    assert_eq!(revision.state, RevisionState::Returned);
    assert!(matches!(town.uploads(TABLE).await, Err(CatalogError::Withdrawn { .. })));
    let seen = browse::dataset(&town.store, Some(&editor()), &slug("toilets")).await.unwrap();
    assert!(matches!(seen.state, DatasetState::Withdrawn(_)));
    let visitor = browse::dataset(&town.store, None, &slug("toilets")).await;
    assert!(matches!(visitor, Err(CatalogError::Withdrawn { .. })));
}
