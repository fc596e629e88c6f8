-- Who teaches what. Eight instructors give full lessons by day; six give five-minute tasters around the
-- clock, so that a lesson soon begins and a review can be written while one watches.

INSERT INTO instructors (id, name, city, headline) VALUES
    ('ins_amara', 'Amara Okafor', 'Lagos', 'Concert pianist, patient with beginners'),
    ('ins_bruno', 'Bruno Costa', 'Porto', 'Guitar from first chord to first stage'),
    ('ins_chika', 'Chika Tanaka', 'Osaka', 'Japanese conversation for travellers'),
    ('ins_dalia', 'Dalia Haddad', 'Amman', 'Arabic calligraphy and language'),
    ('ins_emil', 'Emil Novak', 'Brno', 'Mathematics without fear'),
    ('ins_freya', 'Freya Lind', 'Uppsala', 'Yoga for stiff people'),
    ('ins_goran', 'Goran Petrov', 'Skopje', 'Chess, from the rules to the rating'),
    ('ins_hana', 'Hana Kim', 'Busan', 'Pottery at the kitchen table'),
    ('ins_iris', 'Iris Moreau', 'Lyon', 'French in five minutes'),
    ('ins_jonas', 'Jonas Weber', 'Leipzig', 'Singing: find your range'),
    ('ins_kofi', 'Kofi Mensah', 'Accra', 'Drums, one groove at a time'),
    ('ins_lucia', 'Lucia Ferri', 'Siena', 'Cooking: one sauce'),
    ('ins_mateo', 'Mateo Ruiz', 'Quito', 'Spanish small talk'),
    ('ins_nina', 'Nina Berg', 'Bergen', 'Drawing: one line a day');

INSERT INTO lessons
    (id, instructor_id, title, subject, level, description, price_cents, minutes, every_minutes, opens_hour, closes_hour, ahead_minutes)
VALUES
    ('les_piano', 'ins_amara', 'Piano from the first note', 'piano', 'beginner', 'keys, rhythm and one whole song; music', 4200, 30, 30, 8, 20, 20160),
    ('les_guitar', 'ins_bruno', 'Guitar for the campfire', 'guitar', 'beginner', 'six chords carry a hundred songs; music', 3500, 30, 30, 8, 20, 20160),
    ('les_japanese', 'ins_chika', 'Japanese for your journey', 'japanese', 'beginner', 'order, ask, thank; language and travel', 3900, 30, 30, 0, 12, 20160),
    ('les_arabic', 'ins_dalia', 'Arabic script and speech', 'arabic', 'intermediate', 'write what you say; language and calligraphy', 4500, 30, 30, 6, 18, 20160),
    ('les_algebra', 'ins_emil', 'Algebra, gently', 'mathematics', 'intermediate', 'equations, functions and why; school', 2990, 30, 30, 8, 20, 20160),
    ('les_yoga', 'ins_freya', 'Yoga for desk workers', 'yoga', 'beginner', 'back, neck and breath; health', 2500, 30, 30, 5, 17, 20160),
    ('les_chess', 'ins_goran', 'Chess openings that last', 'chess', 'advanced', 'plans, not memory; games', 3300, 30, 30, 10, 22, 20160),
    ('les_pottery', 'ins_hana', 'Pottery without a wheel', 'pottery', 'beginner', 'a bowl by hand; craft', 4800, 30, 30, 0, 12, 20160),
    ('les_french_taster', 'ins_iris', 'French taster', 'french', 'beginner', 'five minutes, five phrases; language taster', 500, 5, 5, 0, 24, 180),
    ('les_singing_taster', 'ins_jonas', 'Singing taster', 'singing', 'beginner', 'warm up and one scale; music taster', 600, 5, 5, 0, 24, 180),
    ('les_drums_taster', 'ins_kofi', 'Drums taster', 'drums', 'beginner', 'one groove; music taster', 550, 5, 5, 0, 24, 180),
    ('les_cooking_taster', 'ins_lucia', 'Cooking taster', 'cooking', 'beginner', 'one sauce that always works; craft taster', 450, 5, 5, 0, 24, 180),
    ('les_spanish_taster', 'ins_mateo', 'Spanish taster', 'spanish', 'beginner', 'greet and be greeted; language taster', 500, 5, 5, 0, 24, 180),
    ('les_drawing_taster', 'ins_nina', 'Drawing taster', 'drawing', 'intermediate', 'a face in ten lines; craft taster', 525, 5, 5, 0, 24, 180);
