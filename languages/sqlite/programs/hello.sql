SELECT 'drill my brain';
